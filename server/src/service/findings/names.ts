/**
 * The name of an action as a finding gives it, without the service prefix (`s3:GetBucketAcl`) that it may have;
 * `undefined` for what is no name.
 */
export function nameOf(given: string, service: string): string | undefined {
  const colon = given.indexOf(':');
  const hasPrefix = colon >= 0 && given.slice(0, colon).toLowerCase() === service.toLowerCase();
  const name = hasPrefix ? given.slice(colon + 1) : given;
  return NAME.test(name) ? name : undefined;
}

const NAME = /^[\w.-]+$/;
