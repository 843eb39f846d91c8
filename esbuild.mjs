/**
 * Bundles the command line, the server and the client into `dist/`.
 * `--production` minifies, `--watch` builds again on every change.
 */
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { brotliCompressSync } from 'node:zlib';
import esbuild from 'esbuild';

const production = process.argv.includes('--production');
const watch = process.argv.includes('--watch');

/** Prints errors in the form that the problem matcher of `.vscode/tasks.json` reads. */
const problemMatcher = {
  name: 'problem-matcher',
  setup(build) {
    build.onStart(() => console.log('[build] started'));
    build.onEnd(({ errors }) => {
      for (const { text, location } of errors) {
        console.error(`✘ [ERROR] ${text}`);
        if (location) console.error(`    ${location.file}:${location.line}:${location.column}:`);
      }
      console.log('[build] finished');
    });
  },
};

/** The syntaxes that are seldom needed, each a bundle of its own: the dynamic import of one becomes that of its bundle. */
const lazySyntaxes = {
  name: 'lazy-syntaxes',
  setup(build) {
    build.onResolve({ filter: /\/policy\/\w+\/index\.ts$/ }, ({ kind, path }) =>
      kind === 'dynamic-import' ? { path: `./${path.split('/').at(-2)}.js`, external: true } : undefined,
    );
  },
};

/** What server and language client are both built upon is a bundle of its own, so that the package holds it once. */
const sharedProtocol = {
  name: 'shared-protocol',
  setup(build) {
    build.onResolve({ filter: /^vscode-languageserver-(protocol|types)(\/node)?$/ }, () => ({
      path: './languageServerProtocol.js',
      external: true,
    }));
  },
};

/** @type {esbuild.BuildOptions} */
const common = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  // The UMD build of jsonc-parser, which `main` names, cannot be bundled (microsoft/node-jsonc-parser#57).
  mainFields: ['module', 'main'],
  // Some libraries ask for `import.meta.url`, which a CommonJS bundle does not have.
  define: { 'import.meta.url': 'importMetaUrl' },
  minify: production,
  sourcemap: !production,
  legalComments: 'none',
  logLevel: 'silent',
  plugins: [problemMatcher, lazySyntaxes],
};

const importMetaUrl = "const importMetaUrl = require('node:url').pathToFileURL(__filename).href;";

/** Of what the system runs as a command. */
const commandBanner = `#!/usr/bin/env node\n${importMetaUrl}`;

const contexts = await Promise.all([
  esbuild.context({
    ...common,
    entryPoints: {
      client: 'client/src/extension.ts',
      languageClient: 'client/src/languageClient.ts',
    },
    external: ['vscode', './languageClient.js'],
    plugins: [...common.plugins, sharedProtocol],
    // So that it is loaded by `require`, which VS Code has taught about the module 'vscode'.
    supported: { 'dynamic-import': false },
    banner: { js: importMetaUrl },
    outdir: 'dist',
  }),
  esbuild.context({
    ...common,
    entryPoints: {
      languageServerProtocol: 'vscode-languageserver-protocol/node',
      hcl: 'server/src/service/policy/hcl/index.ts',
      yaml: 'server/src/service/policy/yaml/index.ts',
    },
    banner: { js: importMetaUrl },
    outdir: 'dist',
  }),
  esbuild.context({
    ...common,
    entryPoints: { server: 'server/src/node/main.ts' },
    plugins: [...common.plugins, sharedProtocol],
    // The bundles that are loaded by need are CommonJS, too.
    supported: { 'dynamic-import': false },
    banner: { js: commandBanner },
    outdir: 'dist',
  }),
  esbuild.context({
    ...common,
    entryPoints: { cli: 'server/src/cli/main.ts' },
    banner: { js: commandBanner },
    outdir: 'dist',
  }),
]);

await mkdir('dist', { recursive: true });
for (const file of ['actions.br', 'actionDetails.br']) await copyFile(`server/generated/${file}`, `dist/${file}`);
for (const wasm of [
  'web-tree-sitter/web-tree-sitter.wasm',
  '@tree-sitter-grammars/tree-sitter-hcl/tree-sitter-terraform.wasm',
])
  await writeFile(`dist/${wasm.split('/').at(-1)}.br`, brotliCompressSync(await readFile(`node_modules/${wasm}`)));

if (watch) {
  await Promise.all(contexts.map((context) => context.watch()));
} else {
  try {
    await Promise.all(contexts.map((context) => context.rebuild()));
  } catch {
    process.exitCode = 1;
  }
  await Promise.all(contexts.map((context) => context.dispose()));
}
