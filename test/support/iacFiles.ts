import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { syntaxes } from '../../server/src/node/syntaxes.ts';
import type { PolicySyntax } from '../../server/src/service/policy/model.ts';
import { isPolicyFile } from '../../server/src/service/policy/syntaxes.ts';

/** A file of infrastructure code that may hold policies. */
export interface IacFile {
  readonly name: string;
  readonly text: string;
  readonly syntax: PolicySyntax;
}

/**
 * The paths of the project's own files, and of those in the folders that `IAC_FOLDERS` names, divided as in `PATH`. Terraform files
 * in HCL are not among them: of those there is no independent reader here, so that they are held to account by
 * `properties/hcl.test.ts`.
 */
export function iacPaths(): string[] {
  const more = (process.env.IAC_FOLDERS ?? '').split(path.delimiter).filter((folder) => folder !== '');
  return ['test/fixtures/iac', ...more]
    .flatMap((folder) =>
      readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && isPolicyFile(entry.name) && !TERRAFORM.test(entry.name))
        .map((entry) => path.join(entry.parentPath ?? entry.path, entry.name)),
    )
    .sort();
}

const TERRAFORM = /\.(?:tf|tofu)$/;

export async function readIacFile(name: string): Promise<IacFile> {
  const text = readFileSync(name, 'utf8');
  const syntax = await syntaxes.ofFile(name, text);
  if (!syntax) throw new Error(`${name} is of no known syntax`);
  return { name, text, syntax };
}
