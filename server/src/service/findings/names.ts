/**
 * The name of an action as a finding gives it, without the service prefix (`s3:GetBucketAcl`) that it may have;
 * `undefined` for what is no name.
 *
 * Equal names are the same string. AWS has some 20,000, and an organisation's findings repeat them millions of times.
 */
export function nameOf(given: string, service: string): string | undefined {
  return known.get(given) ?? remember(withoutPrefix(given, service));
}

const NAME = /^[\w.-]+$/;

/** Several times as many names as AWS has. Invented ones must not fill the memory. */
const MAX_KNOWN = 100_000;

const known = new Map<string, string>();

function remember(name: string): string | undefined {
  if (!NAME.test(name)) return undefined;
  const same = known.get(name);
  if (same !== undefined) return same;
  if (known.size >= MAX_KNOWN) known.clear();
  known.set(name, name);
  return name;
}

function withoutPrefix(given: string, service: string): string {
  const colon = given.indexOf(':');
  return colon >= 0 && given.slice(0, colon).toLowerCase() === service.toLowerCase() ? given.slice(colon + 1) : given;
}
