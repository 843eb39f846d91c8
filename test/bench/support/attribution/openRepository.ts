import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { loadEvidence } from '../../../../server/src/node/evidence.ts';
import { nodeFiles } from '../../../../server/src/node/files.ts';
import { spelling } from '../../../../server/src/node/spelling.ts';
import { RepositoryFiles } from '../../../../server/src/repository/repositoryFiles.ts';
import { createHcl } from '../../../../server/src/service/policy/hcl/index.ts';
import { json } from '../../../../server/src/service/policy/json/index.ts';
import { Syntaxes } from '../../../../server/src/service/policy/syntaxes.ts';
import { yaml } from '../../../../server/src/service/policy/yaml/index.ts';
import type { Repository } from '../../../../server/src/service/whose/repository.ts';

const { resolve } = createRequire(__filename);

/** All syntaxes, HCL's parser from npm's own packages. */
export const syntaxes = new Syntaxes(
  new Map([
    ['yaml', async () => yaml],
    [
      'hcl',
      () => {
        const grammar = readFileSync(resolve('@tree-sitter-grammars/tree-sitter-hcl/tree-sitter-terraform.wasm'));
        const runtime = readFileSync(resolve('web-tree-sitter/web-tree-sitter.wasm'));
        return createHcl({ runtime, grammar, json });
      },
    ],
  ]),
);

/** The repository that a folder is the root of, as the command line reads it. */
export function openRepository(folder: string): Promise<Repository> {
  const files = new RepositoryFiles({ files: nodeFiles, syntaxes, loadEvidence }, spelling);
  const root = spelling.uriOf(path.resolve(folder));
  return files.of([root], { base: path.resolve(folder), exclude: [], accounts: {} });
}
