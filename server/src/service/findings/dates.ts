/**
 * Milliseconds since 1970 of a date as AWS and its clients write it; `undefined` for what is none. Takes ISO 8601,
 * Python's `2019-12-18 19:10:08+00:00` and the `Wed, 18 Dec 2019 19:10:08 GMT` of mails and HTTP. AWS's own times are UTC,
 * so one without a zone is taken for that. A time that no clock of ours shows, as in the year 9999, is none.
 */
export function toTime(date: string | undefined): number | undefined {
  const text = date?.trim() ?? '';
  const parsed = MAIL_DATE.test(text) ? Date.parse(text) : parseIso(text);
  return parsed < LATEST ? parsed : undefined;
}

function parseIso(text: string): number {
  const [, day, time = '00:00:00', zone = 'Z'] = DATE.exec(text) ?? [];
  return day === undefined ? Number.NaN : Date.parse(`${day}T${time}${zone.toUpperCase().replace(COLONLESS, '$1:$2')}`);
}

const LATEST = Date.UTC(2200, 0);

const MAIL_DATE = /^[a-z]{3}, \d{1,2} [a-z]{3} \d{4} \d{2}:\d{2}:\d{2} (?:GMT|[+-]\d{4})$/i;

const DATE = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?) ?(Z|[+-]\d{2}:?\d{2})?)?$/i;

const COLONLESS = /^([+-]\d{2})(\d{2})$/;

/** Milliseconds. */
export const MS_PER_DAY = 24 * 60 * 60 * 1000;

/** How many whole days ago a time was, both in milliseconds since 1970; 0 for one to come. */
export function daysSince(time: number, now: number): number {
  return Math.max(0, Math.floor((now - time) / MS_PER_DAY));
}

/** Whether findings of so many days ago are called old: what was used since is not in them. */
export function isOld(days: number): boolean {
  return days > 90;
}
