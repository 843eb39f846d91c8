import type { Parser } from 'web-tree-sitter';
import type { Span } from '../../json/span.ts';
import { type FileFacts, NO_FACTS } from '../../whose/facts.ts';
import { lineEnd } from '../lists/layout.ts';
import type { PolicyFile, PolicyProblem, PolicySyntax } from '../model.ts';
import { NO_POLICIES, refusedFile } from '../refusedFile.ts';
import { unreadFacts } from '../terraform/facts.ts';
import { mayMention } from '../terraform/mentions.ts';
import { readFacts } from './blocks.ts';
import { findPolicies } from './policies.ts';
import type { HclPolicy } from './policy.ts';
import { type HclFile, parseHcl } from './tree.ts';

/** The longest file that is read, in UTF-16 units: the parser takes two hundred bytes for each. Files of a tenth of it are called long. */
const MAX_LENGTH = 1_000_000;

/** Reads the policies of HCL texts. */
export class HclReader {
  readonly #parser: Parser;
  readonly #json: PolicySyntax;

  constructor(parser: Parser, json: PolicySyntax) {
    this.#parser = parser;
    this.#json = json;
  }

  /**
   * Reads the policies of a file: each `aws_iam_policy_document`, each object with a `Statement` that holds an `Effect`, and
   * each heredoc that is a JSON policy. Never throws. What stands in a block that does not parse whole is not read.
   */
  read(text: string): PolicyFile {
    // Most files hold no policies, and looking for a word is far cheaper than parsing.
    if (!/[sS]tatement/.test(text)) return NO_POLICIES;
    if (text.length > MAX_LENGTH) return refusedFile('Larger than a million characters, so this file is not read');
    const file = this.#parse(text);
    if (!file) return refusedFile('Hardly anything of this file is HCL, so it is not read');
    return new ReadHcl(file, text, this.#json);
  }

  /** What a file says of who holds policies. What is not read of it may say anything. */
  facts(text: string): FileFacts {
    if (!/[sS]tatement/.test(text) && !mayMention(text)) return { ...NO_FACTS, scope: 'folder' };
    const file = text.length <= MAX_LENGTH ? this.#parse(text) : undefined;
    return file ? new ReadHcl(file, text, this.#json).facts() : unreadFacts('it cannot be read as HCL');
  }

  /** `undefined` where the parser gives up or, which no text was seen to bring about, fails. */
  #parse(text: string): HclFile | undefined {
    try {
      return parseHcl(this.#parser, text, mayMatter);
    } catch {
      this.#parser.reset();
      return undefined;
    }
  }
}

/** Whether a block may hold a policy, or say something of one. */
function mayMatter(block: string): boolean {
  return /[sS]tatement/.test(block) || mayMention(block);
}

/** A file that was read: its policies, and what it says of who holds them. */
class ReadHcl implements PolicyFile {
  readonly documents: readonly HclPolicy[];
  readonly problems: readonly PolicyProblem[];
  readonly #file: HclFile;
  readonly #text: string;

  constructor(file: HclFile, text: string, json: PolicySyntax) {
    const { errorAt } = file;
    this.documents = [...findPolicies(file, text, json)];
    this.problems = errorAt
      ? [{ ...firstLine(errorAt, text), message: 'HCL syntax error: nothing like this may stand here' }]
      : [];
    this.#file = file;
    this.#text = text;
  }

  facts(): FileFacts {
    return readFacts(
      this.#file,
      this.#text,
      this.documents.map(({ fact }) => fact),
    );
  }
}

function firstLine({ start, end }: Span, text: string): Span {
  return { start, end: Math.max(start + 1, Math.min(end, lineEnd(text, start))) };
}
