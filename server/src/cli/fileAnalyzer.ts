import path from 'node:path';
import { mappingsFor } from '../mapping.ts';
import { syntaxes } from '../node/syntaxes.ts';
import type { FileAnalysis } from '../service/analysis.ts';
import type { PrincipalMapping } from '../service/findings/rules/outcome.ts';
import { json } from '../service/policy/json/index.ts';
import type { PolicyProblem, PolicySyntax } from '../service/policy/model.ts';
import { type Input, readInput, toSlashes } from './inputs.ts';
import { decodePolicy, type PolicyText } from './policyText.ts';
import type { PrincipalsOfFiles, Setup } from './setUp.ts';
import { Siblings } from './siblings.ts';

/** A file that was read and looked at. */
export interface AnalyzedFile extends PolicyText {
  readonly input: Input;
  readonly analysis: FileAnalysis;
  /** Why nothing may be made of its policies; they were read as far as they can be. */
  readonly problem: PolicyProblem | undefined;
}

/** Reads files and looks at them, one after the other, and holds on to none. */
export class FileAnalyzer {
  readonly #setup: Setup;
  readonly #siblings = new Siblings();

  constructor(setup: Setup) {
    this.#setup = setup;
  }

  /**
   * Rejects when the file cannot be read.
   * @param alone whether it is the one PATH that the user named
   */
  async analyze(input: Input, alone: boolean): Promise<AnalyzedFile> {
    const { analyzer, principals, mapping } = this.#setup;
    const policyText = decodePolicy(readInput(input));
    const syntax = await syntaxOf(input, policyText.text);
    const mappings = mapping ? mappingsOf(mapping, input) : [];
    const options = { anywhere: true, alone, principals, mappings };
    const siblings = this.#siblings.of(input, syntax);
    const analysis = analyzer.analyze(policyText.text, syntax, input, options, siblings);
    return { ...policyText, input, analysis, problem: analysis.file.problems[0] };
  }
}

/** What the configuration file says of a file; nothing of one outside its folder. */
function mappingsOf({ folder, principals }: PrincipalsOfFiles, input: Input): PrincipalMapping[] {
  const relative = toSlashes(path.relative(folder, input.path));
  return input.file === '-' || relative.startsWith('../') ? [] : mappingsFor(principals, relative);
}

/** A file of an unheard name that the user asks for is taken for JSON. */
async function syntaxOf({ file, path }: Input, text: string): Promise<PolicySyntax> {
  return file === '-' ? syntaxes.ofText(text) : ((await syntaxes.ofFile(path, text)) ?? json);
}
