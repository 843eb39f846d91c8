import path from 'node:path';
import { mappingsFor } from '../mapping.ts';
import { explainFileError } from '../node/fileErrors.ts';
import { syntaxes } from '../node/syntaxes.ts';
import type { FileAnalysis } from '../service/analysis.ts';
import type { PolicyPlace, PrincipalMapping } from '../service/findings/rules/outcome.ts';
import { json } from '../service/policy/json/index.ts';
import type { PolicyProblem, PolicySyntax } from '../service/policy/model.ts';
import { lineOf } from '../service/text.ts';
import { findInputs, type Input, readInput, readStdin, toSlashes } from './inputs.ts';
import { NearerConfigs } from './nearerConfig.ts';
import { decodePolicy, type PolicyText } from './policyText.ts';
import type { Reporter } from './reporter.ts';
import type { PrincipalsOfFiles, Setup } from './setUp.ts';
import { Siblings } from './siblings.ts';

/** A file that was read and looked at. */
export interface AnalyzedFile extends PolicyText {
  readonly input: Input;
  readonly analysis: FileAnalysis;
  /** Why nothing may be made of its policies; they were read as far as they can be. */
  readonly problem: PolicyProblem | undefined;
}

/**
 * Looks at the files that PATHs stand for, one after the other, and holds on to none. What cannot be read, or made use of by
 * `use`, is reported, and the rest goes on.
 */
export async function analyzeFiles(
  paths: readonly string[],
  { analyzer, principals, mapping, usedConfig, anywhere }: Setup,
  reporter: Reporter,
  use: (file: AnalyzedFile) => void | Promise<void>,
): Promise<void> {
  const siblings = new Siblings();
  const nearer = new NearerConfigs(usedConfig, reporter);
  const stdin = paths.includes('-') ? await readStdin() : Buffer.alloc(0);
  for (const input of findInputs(paths, reporter)) {
    const alone = paths.length === 1 && input.named;
    try {
      if (await nearer.holdsFor(input)) continue;
      const policyText = decodePolicy(readInput(input, stdin));
      const syntax = await syntaxOf(input, policyText.text);
      const { place, mappings } = placeOf(input, mapping);
      const options = { anywhere, alone, principals, mappings };
      const facts = await siblings.of(input, syntax);
      const analysis = analyzer.analyze(policyText.text, syntax, place, options, facts);
      const file = { ...policyText, input, analysis, problem: analysis.file.problems[0] };
      reportProblem(file, reporter);
      await use(file);
    } catch (error) {
      reporter.error(`${input.file}: ${explainFileError(error)}`);
    }
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

/** A folder holds files of all kinds; that one of them is no JSON matters only where a policy may be in it. */
function reportProblem({ input, analysis, text, problem }: AnalyzedFile, reporter: Reporter): void {
  if (problem && (input.named || analysis.policies.length > 0))
    reporter.error(`${input.file}:${lineOf(text, problem.start)}: ${problem.message}; the file is left as it is`);
}
