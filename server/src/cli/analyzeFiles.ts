import path from 'node:path';
import { mappingsFor } from '../mapping.ts';
import { explainFileError } from '../node/fileErrors.ts';
import { syntaxes } from '../node/syntaxes.ts';
import type { FileAnalysis } from '../service/analysis.ts';
import type { PrincipalMapping } from '../service/findings/rules/outcome.ts';
import { json } from '../service/policy/json/index.ts';
import type { PolicyProblem, PolicySyntax } from '../service/policy/model.ts';
import { lineOf } from '../service/text.ts';
import { findInputs, type Input, readInput, readStdin, toSlashes } from './inputs.ts';
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
  { analyzer, principals, mapping }: Setup,
  reporter: Reporter,
  use: (file: AnalyzedFile) => void | Promise<void>,
): Promise<void> {
  const siblings = new Siblings();
  const stdin = paths.includes('-') ? await readStdin() : Buffer.alloc(0);
  for (const input of findInputs(paths, reporter)) {
    const alone = paths.length === 1 && input.named;
    try {
      const policyText = decodePolicy(readInput(input, stdin));
      const syntax = await syntaxOf(input, policyText.text);
      const mappings = mapping ? mappingsOf(mapping, input) : [];
      const options = { anywhere: true, alone, principals, mappings };
      const facts = await siblings.of(input, syntax);
      const analysis = analyzer.analyze(policyText.text, syntax, input, options, facts);
      const file = { ...policyText, input, analysis, problem: analysis.file.problems[0] };
      reportProblem(file, reporter);
      await use(file);
    } catch (error) {
      reporter.error(`${input.file}: ${explainFileError(error)}`);
    }
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

/** A folder holds files of all kinds; that one of them is no JSON matters only where a policy may be in it. */
function reportProblem({ input, analysis, text, problem }: AnalyzedFile, reporter: Reporter): void {
  if (problem && (input.named || analysis.policies.length > 0))
    reporter.error(`${input.file}:${lineOf(text, problem.start)}: ${problem.message}; the file is left as it is`);
}
