import type { Span } from '../../json/span.ts';
import { parseJsonTree } from '../../json/tree.ts';
import { outlineValue } from '../json/outline.ts';
import type { Outline } from '../outline.ts';
import { outlineEmbedded } from '../terraform/embeddedOutline.ts';
import { decodeString, stringText } from './stringText.ts';

/** Tells what a module's file in JSON says; of a string that is JSON, what that says. */
export function outlineTerraformJson(text: string, outline: Outline): void {
  const { root } = parseJsonTree(text);
  if (root) outlineValue(root, (span, value) => outlineScalar(text, span, value, outline), outline);
}

function outlineScalar(text: string, span: Span, value: unknown, outline: Outline): void {
  const decoded = String(value).includes('"Statement"') ? decodeString(text, span.start, span.end) : undefined;
  const embedded = decoded && stringText(decoded);
  if (!embedded || !outlineEmbedded(embedded, span, text, outline))
    outline.leaf('', span, text.slice(span.start, span.end));
}
