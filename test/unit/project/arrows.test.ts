import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';

const FORBIDDEN: readonly [file: string, module: string][] = [
  ['server/src/service/it.ts', 'node:fs'],
  ['server/src/service/refine/it.ts', 'vscode-languageserver'],
  ['server/src/service/hover/it.ts', '../../server.ts'],
  ['server/src/service/findings/readers/it.ts', '../../../workspace/workspace.ts'],
  ['server/src/handlers/it.ts', 'node:path'],
  ['server/src/handlers/it.ts', '../node/files.ts'],
  ['server/src/workspace/it.ts', 'vscode-languageserver/node'],
  ['server/src/positions/it.ts', 'node:buffer'],
  ['server/src/cli/it.ts', '../handlers/hover.ts'],
  ['client/src/it.ts', '../../server/src/service/text.ts'],
];

const ALLOWED: readonly [file: string, module: string][] = [
  ['server/src/service/refine/it.ts', '../actions/glob.ts'],
  ['server/src/service/policy/json/it.ts', 'jsonc-parser'],
  ['server/src/service/policy/yaml/it.ts', 'yaml'],
  ['server/src/service/policy/hcl/it.ts', 'web-tree-sitter'],
  ['server/src/handlers/it.ts', '../service/text.ts'],
  ['server/src/node/it.ts', 'node:fs'],
  ['server/src/cli/it.ts', '../service/text.ts'],
  ['client/src/it.ts', '../../server/src/protocol.ts'],
];

const folder = mkdtempSync(path.join(tmpdir(), 'arrows-'));
after(() => rmSync(folder, { recursive: true, force: true }));

/** Lints a file for each row, with the project's own rules, and gives what the linter says of each file. */
function lint(rows: readonly (readonly [file: string, module: string])[]): string[] {
  copyFileSync('biome.json', path.join(folder, 'biome.json'));
  const files = rows.map(([file, module], index) => {
    const name = file.replace('it.ts', `it${index}.ts`);
    mkdirSync(path.join(folder, path.dirname(name)), { recursive: true });
    writeFileSync(path.join(folder, name), `import * as it from '${module}';\n\nexport const used = it;\n`);
    return name;
  });
  const biome = path.resolve('node_modules', '@biomejs', 'biome', 'bin', 'biome');
  const options = ['lint', '--vcs-enabled=false', '--max-diagnostics=none', '--reporter=github', '.'];
  const { stdout } = spawnSync(process.execPath, [biome, ...options], { cwd: folder, encoding: 'utf8' });
  return files.map((name) =>
    stdout
      .split('\n')
      .filter((line) => line.includes(`/${name},`))
      .join('\n'),
  );
}

const answers = lint([...FORBIDDEN, ...ALLOWED]);

for (const [index, [file, module]] of FORBIDDEN.entries()) {
  test(`${path.dirname(file)} may not import '${module}'`, () => {
    assert.match(answers[index] ?? '', /noRestrictedImports/);
  });
}

for (const [index, [file, module]] of ALLOWED.entries()) {
  test(`${path.dirname(file)} may import '${module}'`, () => {
    assert.doesNotMatch(answers[FORBIDDEN.length + index] ?? '', /noRestrictedImports/);
  });
}
