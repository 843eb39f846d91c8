import { explainFileError } from '../../node/fileErrors.ts';
import type { Namesakes } from '../../service/findings/rules/outcome.ts';
import { lineOf } from '../../service/text.ts';
import type { AnalyzedFile, FileAnalyzer } from '../fileAnalyzer.ts';
import type { Input } from '../inputs.ts';
import { Recording, type Said } from './recording.ts';

/** What a command makes of a file. It knows no other file, so that any thread can do it. */
export type Look<Hint, Result> = (file: AnalyzedFile, said: Recording, hint: Hint) => Result;

/** A file to look at. */
export interface Task<Hint> {
  readonly input: Input;
  /** Whether it is the one PATH that the user named. */
  readonly alone: boolean;
  /** The other files that may hold the same role. */
  readonly namesakes: Namesakes;
  /** What the command knows of the file from elsewhere. */
  readonly hint: Hint;
}

/** What came of looking at a file. It can be handed from thread to thread. */
export interface FileReport<Result> {
  readonly said: readonly Said[];
  /** What the command makes of all files together; absent where the file could not be looked at. */
  readonly result?: Result;
}

/** Looks at a file. What cannot be read, or made use of, is part of the report. */
export async function reportOn<Hint, Result>(
  { input, alone, namesakes, hint }: Task<Hint>,
  analyzer: FileAnalyzer,
  look: Look<Hint, Result>,
): Promise<FileReport<Result>> {
  const said: Said[] = [];
  const recording = new Recording(said);
  try {
    const file = await analyzer.analyze(input, alone, namesakes);
    reportProblem(file, recording);
    return { said, result: look(file, recording, hint) };
  } catch (error) {
    recording.error(`${input.file}: ${explainFileError(error)}`);
    return { said };
  }
}

/** A folder holds files of all kinds; that one of them is no JSON matters only where a policy may be in it. */
function reportProblem({ input, analysis, text, problem }: AnalyzedFile, recording: Recording): void {
  if (problem && (input.named || analysis.policies.length > 0))
    recording.error(`${input.file}:${lineOf(text, problem.start)}: ${problem.message}; the file is left as it is`);
}
