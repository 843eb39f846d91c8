import {
  applyChanges,
  type PolicyDocument,
  type PolicySyntax,
  type StatementChange,
  type TextChange,
} from '../policy/model.ts';
import { count, lineOf } from '../text.ts';
import { type Mask, MaskedOutline } from './maskedOutline.ts';
import { tellStatements } from './statements.ts';

/** A text whose policies were read, and what is to become of their statements. */
export interface Rewriting {
  readonly syntax: PolicySyntax;
  readonly text: string;
  readonly documents: readonly PolicyDocument[];
  readonly changes: ReadonlyMap<PolicyDocument, readonly StatementChange[]>;
}

/**
 * Reads a text again, in memory, after its edits: the statements of each policy must be what was proven of them, and all else
 * must say what it said before, be it in a policy or not.
 *
 * @param edits in ascending order
 * @returns what is not as it should be, as a clause; `undefined` where all is
 */
export function findMiswritten(rewriting: Rewriting, edits: readonly TextChange[]): string | undefined {
  const { syntax, text, documents, changes } = rewriting;
  if (!areDisjoint(edits, text.length)) return 'edits would overlap';
  const after = applyChanges(text, edits);
  const reread = syntax.read(after);
  const [problem] = reread.problems;
  if (problem) return `line ${lineOf(after, problem.start)} would be broken: ${problem.message}`;
  const wanted = documents.map((document) => tellPolicy(document, changes.get(document))).filter(hasStatements);
  const written = reread.documents.map((document) => tellPolicy(document)).filter(hasStatements);
  if (wanted.length !== written.length)
    return `there would be ${count(written.length, 'policy', 'policies')} in the place of ${wanted.length}`;
  const differs = wanted.find((policy, index) => JSON.stringify(policy) !== JSON.stringify(written[index]));
  if (differs) return `the statements of '${differs.name}' would not be those that were proven`;
  const [old, fresh] = [tell(rewriting, text, documents, changes), tell(rewriting, after, reread.documents)];
  const at = old.words.findIndex((word, index) => word !== fresh.words[index]);
  if (at < 0 && old.words.length === fresh.words.length) return undefined;
  return `what line ${lineOf(text, old.starts.at(at < 0 ? -1 : at >> 1) ?? 0)} says would change`;
}

/** What a policy is called, and what its statements say. */
interface ToldPolicy {
  readonly pointer: string;
  readonly name: string;
  readonly statements: readonly string[];
}

function tellPolicy(document: PolicyDocument, changes?: readonly StatementChange[]): ToldPolicy {
  const { pointer, address } = document;
  return { pointer, name: address ?? pointer, statements: tellStatements(document, changes) };
}

/** One that has all its statements from elsewhere, such as a \`dynamic\` block, need not be seen any more. */
function hasStatements({ statements }: ToldPolicy): boolean {
  return statements.length > 0;
}

function areDisjoint(edits: readonly TextChange[], length: number): boolean {
  return edits.every(({ start, end }, index) => (edits[index - 1]?.end ?? 0) <= start && start <= end && end <= length);
}

function tell(
  { syntax }: Rewriting,
  text: string,
  documents: readonly PolicyDocument[],
  changes: Rewriting['changes'] = new Map(),
): MaskedOutline {
  const outline = new MaskedOutline(maskOf(documents, changes));
  syntax.outline(text, outline);
  return outline;
}

function maskOf(documents: readonly PolicyDocument[], changes: Rewriting['changes']): Mask {
  const removed = new Map<number, number>();
  const entries = new Map<number, number>();
  const listed = new Set<number>();
  for (const document of documents) {
    for (const { statement, change } of changes.get(document) ?? [])
      if (change.kind === 'remove') removed.set(statement.start, statement.end);
    for (const statement of document.statements)
      for (const { start, end } of statement.entries) {
        entries.set(start, end);
        if (statement.list) listed.add(start);
      }
  }
  return { removed, entries, listed };
}
