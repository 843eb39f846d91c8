import type { Parser } from 'web-tree-sitter';
import type { Span } from '../../json/span.ts';
import { lineEnd } from '../lists/layout.ts';
import type { PolicyFile, PolicySyntax, SiblingFacts } from '../model.ts';
import { NO_POLICIES, refusedFile } from '../refusedFile.ts';
import type { ModuleFacts } from '../terraform/facts.ts';
import { mayMention } from '../terraform/mentions.ts';
import { TerraformModule } from '../terraform/module.ts';
import { readFacts } from './blocks.ts';
import { findPolicies } from './policies.ts';
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
  read(text: string, siblings: readonly SiblingFacts[] = []): PolicyFile {
    // Most files hold no policies, and looking for a word is far cheaper than parsing.
    if (!/[sS]tatement/.test(text)) return NO_POLICIES;
    if (text.length > MAX_LENGTH) return refusedFile('Larger than a million characters, so this file is not read');
    const file = this.#parse(text);
    if (!file) return refusedFile('Hardly anything of this file is HCL, so it is not read');
    const module = new TerraformModule([readFacts(file, text), ...(siblings as readonly ModuleFacts[])]);
    const { errorAt } = file;
    const problems = errorAt
      ? [{ ...firstLine(errorAt, text), message: 'HCL syntax error: nothing like this may stand here' }]
      : [];
    return { documents: [...findPolicies(file, text, module, this.#json)], problems };
  }

  /** What a file says of the policies of the others in its folder. What is not read of it may say anything. */
  readSibling(text: string): ModuleFacts {
    if (!mayMention(text)) return readFacts({ blocks: [] }, text);
    const file = text.length <= MAX_LENGTH ? this.#parse(text) : undefined;
    return readFacts(file ?? { blocks: [], errorAt: { start: 0, end: text.length } }, text);
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

function firstLine({ start, end }: Span, text: string): Span {
  return { start, end: Math.max(start + 1, Math.min(end, lineEnd(text, start))) };
}
