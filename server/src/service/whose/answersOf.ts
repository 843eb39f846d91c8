import type { FileAnswers } from '../analysis.ts';
import type { Question } from './question.ts';
import type { Repository } from './repository.ts';

/** What a repository says of the policies of a file. */
export function answersOf(repository: Repository, path: string, question: Question): FileAnswers {
  return (pointer) => {
    const standing = repository.standingOf(path, pointer);
    return standing && { standing, match: repository.matchOf(path, pointer, question) };
  };
}
