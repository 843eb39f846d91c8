import { json } from '../json/index.ts';
import type { PolicySyntax } from '../model.ts';
import { UNREAD } from '../terraform/facts.ts';
import { MODULE_EXTENSIONS } from '../terraform/files.ts';
import { DocumentPolicy } from './document.ts';
import { readSibling, readTerraformJson } from './read.ts';
import { StringPolicy } from './stringPolicy.ts';

/** Terraform and OpenTofu in JSON: policy documents, policies written out in values, and those that stand in strings as JSON. What expressions hold is left alone. */
export const tfjson: PolicySyntax = {
  siblings: { extensions: MODULE_EXTENSIONS, read: readSibling, unread: UNREAD },
  read: readTerraformJson,
  write: (text, document, changes) =>
    document instanceof DocumentPolicy || document instanceof StringPolicy
      ? document.write(text, changes)
      : json.write(text, document, changes),
};
