/**
 * The name of an action as a finding gives it, without the service prefix (`s3:GetBucketAcl`) that it may have;
 * `undefined` for what is no name.
 *
 * Equal names are the same string. AWS has some 20,000, and an organisation's findings repeat them millions of times.
 */
export function nameOf(given: string, service: string): string | undefined {
  const same = known.get(given);
  // What was known with a prefix is a name of that service only.
  if (same !== undefined && (same.length === given.length || isPrefixed(given, service, same))) return same;
  const name = withoutPrefix(given, service);
  if (!NAME.test(name)) return undefined;
  const unique = known.get(name) ?? remember(name, name);
  return name === given ? unique : remember(given, unique);
}

/** Whether `given` is `service:name`, in that spelling, given that it ends in `:name`. */
function isPrefixed(given: string, service: string, name: string): boolean {
  return given.length === service.length + 1 + name.length && given.startsWith(service);
}

const NAME = /^[\w.-]+$/;

/** Several times as many names as AWS has. Invented ones must not fill the memory. */
const MAX_KNOWN = 100_000;

/** By the name, and by the name with a prefix where one was given so. */
const known = new Map<string, string>();

function remember(given: string, name: string): string {
  if (known.size >= MAX_KNOWN) known.clear();
  known.set(given, name);
  return name;
}

function withoutPrefix(given: string, service: string): string {
  const colon = given.indexOf(':');
  return colon >= 0 && given.slice(0, colon).toLowerCase() === service.toLowerCase() ? given.slice(colon + 1) : given;
}
