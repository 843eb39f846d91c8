import type { FileAnalysis } from '../analysis.ts';
import type { Entry, PolicyDocument, Statement, StatementChange, TextChange } from '../policy/model.ts';
import type { Excerpt } from '../policy/outline.ts';
import { findMiswritten, type Rewriting } from './reread.ts';
import { tellStatements } from './statements.ts';

/** What is to become of one policy of a file. */
export interface PolicyChanges {
  readonly document: PolicyDocument;
  readonly changes: readonly StatementChange[];
}

/** The edits of a file's text, in ascending order; or why there are none, as a sentence without a full stop. */
export type Written =
  | { readonly edits: readonly TextChange[]; readonly refusal?: never }
  | { readonly edits: readonly []; readonly refusal: string };

/**
 * Writes changes in the syntax of their file, and proves what is written: the edited text is read again, and its statements must be
 * those that were proven, all else as it was. This is the only place where edits of policies are made.
 */
export function writeProven(
  { syntax, text, file }: Pick<FileAnalysis, 'syntax' | 'text' | 'file'>,
  wanted: readonly PolicyChanges[],
): Written {
  const edits = wanted
    .flatMap(({ document, changes }) => syntax.write(text, document, changes))
    .sort((a, b) => a.start - b.start || a.end - b.end);
  const changes = new Map(wanted.map((one) => [one.document, one.changes]));
  const whole = { syntax, text, documents: file.documents, changes };
  const [only, ...others] = wanted;
  const part = only && others.length === 0 ? excerptOf(whole, only, edits) : undefined;
  const wrong = part ? findMiswritten(part.rewriting, part.edits) : findMiswritten(whole, edits);
  return wrong === undefined
    ? { edits }
    : { edits: [], refusal: `The edit was refused, because ${wrong}. Please report this as a bug` };
}

/**
 * The same for the one policy that changes, without the rest of the file: a fix for each of a thousand marks would else take as many
 * readings of all of it. `undefined` where the policy does not read by itself as it does in its file, or its edits reach beyond.
 */
function excerptOf(
  { syntax, text }: Rewriting,
  { document, changes }: PolicyChanges,
  edits: readonly TextChange[],
): { readonly rewriting: Rewriting; readonly edits: readonly TextChange[] } | undefined {
  const excerpt = syntax.excerpt(text, document);
  // What is most of the file need not be read once more beforehand.
  if (!excerpt || 2 * (excerpt.end - excerpt.start) > text.length || !isWithin(edits, excerpt, text)) return undefined;
  const own = excerpt.before + text.slice(excerpt.start, excerpt.end);
  const shift = excerpt.before.length - excerpt.start;
  const { documents, problems } = syntax.read(own);
  const twin = documents.find(({ start, end }) => start === document.start + shift && end === document.end + shift);
  if (!twin || problems.length > 0 || !areTwins(document, twin, shift)) return undefined;
  return {
    rewriting: { syntax, text: own, documents, changes: new Map([[twin, moveChanges(document, twin, changes)]]) },
    edits: edits.map((edit) => ({ ...edit, start: edit.start + shift, end: edit.end + shift })),
  };
}

/** Whether edits leave alone what a part of a text begins and ends with, so that they cannot mean anything to what stands beside it. */
function isWithin(edits: readonly TextChange[], { start, end }: Excerpt, text: string): boolean {
  const [first, last] = [edits[0], edits.at(-1)];
  if (!first || !last || first.start <= start || last.end > end) return false;
  if (last.end < end) return true;
  // Lines may go to the last, where those that stay end as these do.
  return text[end - 1] === '\n' && (last.text === '' ? text[last.start - 1] === '\n' : last.text.endsWith('\n'));
}

function areTwins(one: PolicyDocument, other: PolicyDocument, shift: number): boolean {
  return (
    tellStatements(one).join('\n') === tellStatements(other).join('\n') &&
    one.statements.length === other.statements.length &&
    one.statements.every(({ start, end }, index) => {
      const twin = other.statements[index] as Statement;
      return twin.start === start + shift && twin.end === end + shift;
    })
  );
}

function moveChanges(
  { statements }: PolicyDocument,
  twin: PolicyDocument,
  changes: readonly StatementChange[],
): StatementChange[] {
  const twinOf = new Map(statements.map((statement, index) => [statement, twin.statements[index] as Statement]));
  return changes.flatMap(({ statement, change }): StatementChange[] => {
    const own = twinOf.get(statement);
    if (!own) return [];
    if (change.kind !== 'replace') return [{ statement: own, change }];
    const entryOf = new Map(statement.entries.map((entry, index) => [entry, own.entries[index]]));
    const replacements = new Map<Entry, readonly string[]>();
    for (const [entry, texts] of change.replacements) {
      const moved = entryOf.get(entry);
      if (moved) replacements.set(moved, texts);
    }
    return [{ statement: own, change: { kind: 'replace', replacements } }];
  });
}
