import { json } from '../json/index.ts';
import type { PolicySyntax } from '../model.ts';
import { MODULE_EXTENSIONS } from '../terraform/files.ts';
import { DocumentPolicy } from './document.ts';
import { readSibling, readTerraformJson } from './read.ts';

/** Terraform and OpenTofu in JSON: policy documents, and policies written out in values. What strings hold is left alone. */
export const tfjson: PolicySyntax = {
  siblings: { extensions: MODULE_EXTENSIONS, read: readSibling },
  read: readTerraformJson,
  write: (text, document, changes) =>
    document instanceof DocumentPolicy ? document.write(text, changes) : json.write(text, document, changes),
};
