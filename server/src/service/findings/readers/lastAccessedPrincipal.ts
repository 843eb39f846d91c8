import { namePrincipal, parsePrincipal } from '../principal.ts';
import { principalOf } from './principalOf.ts';
import { isObject, type JsonObject, listField, stringField } from './shape.ts';
import type { Item, Source } from './source.ts';

/**
 * Whom a last-accessed report is about, which no field of AWS's says: the one role or user that it names as having used
 * something, by ARN; else whom a field says that somebody put in; else, for the only report of a file
 * `NAME.last-accessed.json`, that name. Reports about groups and policies name several; then it is the name of the group or
 * policy.
 */
export interface ReportOwner {
  /** An ARN or a bare name; absent for a report that names nobody. */
  readonly principal?: string;
  /**
   * Whether the report must not be used: it is about several principals, or about one of many, and nobody knows whom. Taken
   * for one that names nobody it would apply to policies that merely lie near.
   */
  readonly isUnclear?: boolean;
}

/** @param isAlone whether it is the only report of its file */
export function ownerOf(pages: readonly Item<JsonObject>[], source: Source, isAlone: boolean): ReportOwner {
  const [only, ...others] = entitiesOf(pages);
  if (only !== undefined && others.length === 0) return { principal: only };
  const said = pages.map(({ value }) => principalOf(value)).find((principal) => principal !== undefined);
  if (said !== undefined && (parsePrincipal(said) ?? namePrincipal(said))) return { principal: said };
  const name = isAlone ? FILE_NAME.exec(source.file)?.[1] : undefined;
  if (name !== undefined) return { principal: name };
  if (only === undefined && said === undefined && isAlone) return {};
  source.report({
    code: 'invalid-findings',
    message: `${describeDoubt(only, others[0])}, so it is not used; keep it in a file of its own, NAME.last-accessed.json, called after its role, user, group or policy`,
    at: pages[0]?.place ?? 0,
    isNotice: true,
  });
  return { isUnclear: true };
}

function describeDoubt(first: string | undefined, second: string | undefined): string {
  return first === undefined
    ? 'This report does not say whom it is about, because nobody used anything that it lists'
    : `This report is about several principals (${first}, ${second}, …)`;
}

/** The name of a role or user before `.last-accessed.json`, or the same with a dash. */
const FILE_NAME = /(?:^|\/)([\w+=,.@-]+)[.-]last-accessed\.json$/i;

/** The ARNs of the roles and users that used anything, each once. */
function entitiesOf(pages: readonly Item<JsonObject>[]): string[] {
  const arns = new Map<string, string>();
  let before: string | undefined;
  const add = (arn: string | undefined) => {
    // Nearly all of them are the same.
    if (arn !== undefined && arn !== before && parsePrincipal(arn)) arns.set(arn.toLowerCase(), arn);
    before = arn ?? before;
  };
  for (const { value } of pages) {
    for (const service of listField(value, 'ServicesLastAccessed') ?? []) {
      if (!isObject(service)) continue;
      add(stringField(service, 'LastAuthenticatedEntity'));
      for (const action of listField(service, 'TrackedActionsLastAccessed') ?? [])
        if (isObject(action)) add(stringField(action, 'LastAccessedEntity'));
    }
  }
  return [...arns.values()];
}
