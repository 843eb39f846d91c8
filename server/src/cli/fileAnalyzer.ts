import { syntaxes } from '../node/syntaxes.ts';
import type { Analyzer, FileAnalysis } from '../service/analysis.ts';
import { json } from '../service/policy/json/index.ts';
import type { PolicyProblem, PolicySyntax } from '../service/policy/model.ts';
import { type Input, readInput } from './inputs.ts';
import { decodePolicy, type PolicyText } from './policyText.ts';
import type { InputAnswers } from './repositories.ts';

/** A file that was read and looked at. */
export interface AnalyzedFile extends PolicyText {
  readonly input: Input;
  readonly analysis: FileAnalysis;
  /** Why nothing may be made of its policies; they were read as far as they can be. */
  readonly problem: PolicyProblem | undefined;
}

/**
 * Reads a file and looks at it. Rejects when it cannot be read.
 * @param answers what the repository says of its policies
 */
export async function analyzeInput(input: Input, analyzer: Analyzer, answers: InputAnswers): Promise<AnalyzedFile> {
  const policyText = decodePolicy(readInput(input));
  const { text } = policyText;
  const syntax = await syntaxOf(input, text);
  const byPointer = new Map(answers.policies);
  const place = { path: input.path, root: answers.root };
  const analysis = analyzer.analyze(text, syntax, syntax.read(text), place, (pointer) => byPointer.get(pointer));
  return { ...policyText, input, analysis, problem: analysis.file.problems[0] };
}

/** A file of an unheard name that the user asks for is taken for JSON. */
export async function syntaxOf({ file, path }: Input, text: string): Promise<PolicySyntax> {
  return file === '-' ? syntaxes.ofText(text) : ((await syntaxes.ofFile(path, text)) ?? json);
}
