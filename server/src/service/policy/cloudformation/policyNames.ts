/** The part of an ARN behind which a managed policy's path and name stand, perhaps in a hole. */
const POLICY = /\bpolicy(?:\/|\$\{[^}]{0,256}\})/;

/**
 * What may be names of managed policies in a text: all between slashes and the like behind the `policy/` of an ARN. Texts may
 * hold several ARNs.
 */
export function namesIn(text: string): string[] {
  const start = text.includes('policy') ? text.search(POLICY) : -1;
  return start < 0 ? [] : text.slice(start).replaceAll(new RegExp(POLICY, 'g'), '/').split(SEPARATORS).filter(Boolean);
}

/** What ends a name; a comma may be part of one, but hardly ever is. */
const SEPARATORS = /[/,\s"'`|;]+/;

/** A policy's own name as `namesIn` gives it. */
export function searchedName(name: string): string {
  return name.split(SEPARATORS).at(-1) ?? '';
}
