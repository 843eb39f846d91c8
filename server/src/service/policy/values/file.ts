import { type FileFacts, NO_FACTS } from '../../whose/facts.ts';
import { factsOf } from '../cloudformation/facts.ts';
import type { PlacedPolicy } from '../cloudformation/policyFacts.ts';
import type { PolicyDocument, PolicyFile, PolicyProblem } from '../model.ts';
import type { ValueNode } from './nodes.ts';

/** What was read of a file, until its facts are made of it. */
interface Source {
  readonly roots: readonly ValueNode[];
  readonly policies: readonly PlacedPolicy[];
}

/** A file that is a tree of values. A class for the same reason as `TreePolicy`. */
export class TreeFile implements PolicyFile {
  readonly documents: readonly PolicyDocument[];
  readonly problems: readonly PolicyProblem[];
  #source: Source | undefined;
  #facts: FileFacts | undefined;

  constructor(roots: readonly ValueNode[], policies: readonly PlacedPolicy[], problems: readonly PolicyProblem[]) {
    this.documents = policies.map(({ document }) => document);
    this.problems = problems;
    this.#source = { roots, policies };
  }

  facts(): FileFacts {
    if (this.#source) {
      this.#facts = factsOf(this.#source.roots, this.#source.policies);
      // The tree is far larger than what it says.
      this.#source = undefined;
    }
    return this.#facts as FileFacts;
  }
}

/** A file without policies that may yet tell of those who hold others. */
export class TellingFile implements PolicyFile {
  readonly documents: readonly PolicyDocument[] = [];
  readonly problems: readonly PolicyProblem[] = [];
  #read: (() => FileFacts) | undefined;
  #facts: FileFacts | undefined;

  /** @param read reads its facts, when they are first asked for */
  constructor(read: () => FileFacts) {
    this.#read = read;
  }

  facts(): FileFacts {
    if (this.#read) {
      this.#facts = this.#read();
      this.#read = undefined;
    }
    return this.#facts as FileFacts;
  }
}

/** The facts of a file; of one that a limit of ours forbids to read, why. */
export function factsOfFile(file: PolicyFile): FileFacts {
  if (file.facts) return file.facts();
  const [problem] = file.problems;
  return problem ? { ...NO_FACTS, unread: `it is ${lowerCased(problem.message)}` } : NO_FACTS;
}

function lowerCased(message: string): string {
  return message.charAt(0).toLowerCase() + message.slice(1);
}
