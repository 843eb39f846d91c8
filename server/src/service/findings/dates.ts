/**
 * Milliseconds since 1970 of a date as AWS and its clients write it; `undefined` for what is none. Takes ISO 8601 and
 * Python's `2019-12-18 19:10:08+00:00`. AWS's own times are UTC, so one without a zone is taken for that.
 */
export function toTime(date: string | undefined): number | undefined {
  const [, day, time = '00:00:00', zone = 'Z'] = DATE.exec(date?.trim() ?? '') ?? [];
  if (day === undefined) return undefined;
  const parsed = Date.parse(`${day}T${time}${zone.toUpperCase().replace(COLONLESS, '$1:$2')}`);
  return Number.isNaN(parsed) ? undefined : parsed;
}

const DATE = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?) ?(Z|[+-]\d{2}:?\d{2})?)?$/i;

const COLONLESS = /^([+-]\d{2})(\d{2})$/;
