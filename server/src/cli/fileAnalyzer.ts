import path from 'node:path';
import { mappingsFor } from '../mapping.ts';
import { syntaxes } from '../node/syntaxes.ts';
import type { FileAnalysis } from '../service/analysis.ts';
import type { Namesakes, PolicyPlace, PrincipalMapping } from '../service/findings/rules/outcome.ts';
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
   * @param namesakes the other files that may hold the same role
   */
  async analyze(input: Input, alone: boolean, namesakes?: Namesakes): Promise<AnalyzedFile> {
    const { analyzer, principals, mapping, anywhere } = this.#setup;
    const policyText = decodePolicy(readInput(input));
    const syntax = await syntaxOf(input, policyText.text);
    const { place, mappings } = placeOf(input, mapping);
    const options = { anywhere, alone, principals, mappings, ...(namesakes && { namesakes }) };
    const facts = await this.#siblings.of(input, syntax);
    const analysis = analyzer.analyze(policyText.text, syntax, place, options, facts);
    return { ...policyText, input, analysis, problem: analysis.file.problems[0] };
  }
}

/**
 * Where a file lies, and what the configuration file says of it. Below that file's folder the names of folders count from
 * there on, as in the editor, whatever the PATH; outside it says nothing.
 */
function placeOf(
  input: Input,
  mapping: PrincipalsOfFiles | undefined,
): { place: PolicyPlace; mappings: PrincipalMapping[] } {
  if (!mapping || input.file === '-') return { place: input, mappings: [] };
  const { folder, principals, file } = mapping;
  const relative = toSlashes(path.relative(folder, input.path));
  if (relative.startsWith('../') || path.isAbsolute(relative)) return { place: input, mappings: [] };
  return {
    place: { ...input, root: toSlashes(folder) },
    mappings: mappingsFor(principals, relative, { principals: file }),
  };
}

/** A file of an unheard name that the user asks for is taken for JSON. */
async function syntaxOf({ file, path }: Input, text: string): Promise<PolicySyntax> {
  return file === '-' ? syntaxes.ofText(text) : ((await syntaxes.ofFile(path, text)) ?? json);
}
