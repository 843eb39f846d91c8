/** `1 action`, `2 actions`, `1,024 entries`. */
export function count(amount: number, noun: string, plural = `${noun}s`): string {
  return `${groupDigits(amount)} ${amount === 1 ? noun : plural}`;
}

/** `22,091`; `toLocaleString` does the same a hundred times slower. */
export function groupDigits(amount: number): string {
  return String(amount).replace(/\B(?=(?:\d{3})+$)/g, ',');
}

/** The longest text of a file that a message repeats, in UTF-16 units. */
const MAX_QUOTED = 120;

/** Text of a file in quotes, cut short: a message must not grow with what it speaks of. */
export function quote(text: string): string {
  return `'${cut(text)}'`;
}

/** The same without quotes. */
export function cut(text: string): string {
  return text.length > MAX_QUOTED ? `${text.slice(0, MAX_QUOTED)}…` : text;
}

/** The day of a date as AWS writes it. */
export function day(date: string): string {
  return /^\d{4}-\d{2}-\d{2}/.exec(date)?.[0] ?? date;
}

/** The line of an offset, counted from 1. */
export function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}
