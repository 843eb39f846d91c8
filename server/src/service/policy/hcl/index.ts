import { Language, Parser } from 'web-tree-sitter';
import type { PolicySyntax } from '../model.ts';
import { UNREAD } from '../terraform/facts.ts';
import { MODULE_EXTENSIONS } from '../terraform/files.ts';
import { HclPolicy } from './policy.ts';
import { HclReader } from './read.ts';

/** What HCL is read with: the parser, as the bytes of its files, and the syntax of what heredocs hold. */
export interface HclParts {
  /** `web-tree-sitter.wasm`. */
  readonly runtime: Uint8Array;
  /** `tree-sitter-terraform.wasm`. */
  readonly grammar: Uint8Array;
  readonly json: PolicySyntax;
}

/** Terraform and OpenTofu: policy documents, policies for `jsonencode`, and JSON policies in heredocs. */
export async function createHcl({ runtime, grammar, json }: HclParts): Promise<PolicySyntax> {
  await Parser.init({ wasmBinary: runtime });
  const parser = new Parser();
  parser.setLanguage(await Language.load(grammar));
  const reader = new HclReader(parser, json);
  return {
    siblings: { extensions: MODULE_EXTENSIONS, read: (text) => reader.readSibling(text), unread: UNREAD },
    read: (text, siblings) => reader.read(text, siblings),
    write: (text, document, changes) => (document instanceof HclPolicy ? document.write(text, changes) : []),
  };
}
