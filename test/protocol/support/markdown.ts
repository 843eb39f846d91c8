/** Markdown text without its escapes: `a\-b` gives `a-b`. Code spans stay as they are. */
export function unescapeMarkdown(markdown = ''): string {
  return markdown.replace(/`[^`]*`|\\([!-/:-@[-`{-~])/g, (match, escaped?: string) => escaped ?? match);
}

/**
 * What of a Markdown text a renderer could take for markup: all but code spans and escaped characters.
 * https://spec.commonmark.org/0.31.2/#backslash-escapes
 */
export function activeMarkdown(markdown: string): string {
  return markdown.replace(/\\[!-/:-@[-`{-~]/g, '').replace(/`[^`\n]+`/g, '');
}
