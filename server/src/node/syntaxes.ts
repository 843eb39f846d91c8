import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { brotliDecompress } from 'node:zlib';
import { json } from '../service/policy/json/index.ts';
import type { PolicySyntax } from '../service/policy/model.ts';
import { Syntaxes } from '../service/policy/syntaxes.ts';

/** The syntaxes of policy files. Those that are seldom needed stand in files of their own beside the bundle, and are loaded by need. */
export const syntaxes = new Syntaxes(
  new Map([
    ['yaml', loadYaml],
    ['hcl', loadHcl],
  ]),
);

async function loadYaml(): Promise<PolicySyntax> {
  return (await import('../service/policy/yaml/index.ts')).yaml;
}

async function loadHcl(): Promise<PolicySyntax> {
  const [{ createHcl }, runtime, grammar] = await Promise.all([
    import('../service/policy/hcl/index.ts'),
    readCompressed('web-tree-sitter.wasm.br'),
    readCompressed('tree-sitter-terraform.wasm.br'),
  ]);
  return createHcl({ runtime, grammar, json });
}

async function readCompressed(file: string): Promise<Uint8Array> {
  return promisify(brotliDecompress)(await readFile(path.join(__dirname, file)));
}
