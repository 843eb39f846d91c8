import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createHcl } from '../../server/src/service/policy/hcl/index.ts';
import type { PolicySyntax } from '../../server/src/service/policy/model.ts';

const { resolve } = createRequire(__filename);

/** The syntax of Terraform files, with the parser from npm's own packages. */
export const hcl: Promise<PolicySyntax> = createHcl({
  runtime: readFileSync(resolve('web-tree-sitter/web-tree-sitter.wasm')),
  grammar: readFileSync(resolve('@tree-sitter-grammars/tree-sitter-hcl/tree-sitter-terraform.wasm')),
});
