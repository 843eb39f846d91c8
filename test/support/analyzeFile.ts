import type { Analyzer, FileAnalysis } from '../../server/src/service/analysis.ts';
import type { PolicySyntax } from '../../server/src/service/policy/model.ts';
import { answersOf } from '../../server/src/service/whose/answersOf.ts';
import { NO_FACTS } from '../../server/src/service/whose/facts.ts';
import type { PrincipalMapping, Question } from '../../server/src/service/whose/question.ts';
import { Repository } from '../../server/src/service/whose/repository.ts';

/** How a file that is all of its repository is looked at. */
export interface FileQuestion extends Omit<Question, 'index' | 'mappingsOf'> {
  readonly path?: string;
  readonly root?: string;
  readonly mappings?: readonly PrincipalMapping[];
}

/** Analyses a file that is all of its repository: by default `/w/policy.json` below `/w`. */
export function analyzeFile(
  analyzer: Analyzer,
  text: string,
  syntax: PolicySyntax,
  { path = '/w/policy.json', root = '/w', mappings = [], ...rest }: FileQuestion = {},
): FileAnalysis {
  const repository = new Repository([[path, syntax.facts?.(text) ?? NO_FACTS]], { root });
  const question = { ...rest, index: analyzer.index, mappingsOf: () => mappings };
  return analyzer.analyze(text, syntax, syntax.read(text), { path, root }, answersOf(repository, path, question));
}
