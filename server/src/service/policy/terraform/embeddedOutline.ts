import type { Span } from '../../json/span.ts';
import { parseJsonTree } from '../../json/tree.ts';
import { outlineValue } from '../json/outline.ts';
import type { Outline } from '../outline.ts';
import { type EmbeddedText, moveSpan } from './embedded.ts';

/**
 * Tells what a text in JSON inside a file's says, and, as it is written, what stands around it.
 * @param whole from the beginning to the end of the string or heredoc
 * @returns whether it is JSON; else nothing is told
 */
export function outlineEmbedded(embedded: EmbeddedText, whole: Span, file: string, outline: Outline): boolean {
  const { root, errors } = parseJsonTree(embedded.json);
  if (!root || errors.length > 0) return false;
  const leaf = (span: Span) => outline.leaf('embedded', span, file.slice(span.start, span.end));
  const { start, end } = moveSpan({ start: 0, end: embedded.json.length }, embedded);
  outline.open('embedded', whole);
  leaf({ start: whole.start, end: start });
  outlineValue(
    root,
    (span) => leaf(moveSpan(span, embedded)),
    outline,
    (span) => moveSpan(span, embedded),
  );
  leaf({ start: end, end: whole.end });
  outline.close();
  return true;
}
