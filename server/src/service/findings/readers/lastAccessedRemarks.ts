import { parsePrincipal } from '../principal.ts';
import { field, isObject, type JsonObject, keyOf, listField, stringField } from './shape.ts';
import { shellWord } from './shell.ts';
import { type Item, placeOf, type Source } from './source.ts';

/** Says what a last-accessed report lacks: its last page, its actions, or whose it is. */
export function remarkOn(pages: readonly Item<JsonObject>[], principal: string | undefined, source: Source): void {
  const last = pages.at(-1);
  if (!last) return;
  remarkOnPages(last, source);
  if (pages.every(isServiceLevel)) remarkOnGranularity(last, principal, source);
}

function remarkOnPages({ value, place }: Item<JsonObject>, source: Source): void {
  if (field(value, 'IsTruncated') !== true) return;
  source.report({
    code: 'truncated-findings',
    message:
      'The last page of this report is missing, so the services that it would list count as in use; run `aws iam get-service-last-accessed-details` again with --max-items 1000',
    at: placeOf(value, 'IsTruncated', place),
    isNotice: true,
  });
}

function isServiceLevel({ value }: Item<JsonObject>): boolean {
  const type = stringField(value, 'JobType');
  if (type !== undefined) return type.toUpperCase() === 'SERVICE_LEVEL';
  const services = listField(value, 'ServicesLastAccessed') ?? [];
  return !services.some((service) => isObject(service) && keyOf(service, 'TrackedActionsLastAccessed') !== undefined);
}

function remarkOnGranularity({ value, place }: Item<JsonObject>, principal: string | undefined, source: Source): void {
  source.report({
    code: 'findings-without-actions',
    message:
      'This report says which services are unused, and nothing of their actions; make it again with --granularity ACTION_LEVEL',
    at: placeOf(value, 'JobType', place),
    commands: reportCommands(principal),
    purpose: 'make the report again, with its actions',
    isNotice: true,
  });
}

/** The commands that make a report about the actions of a principal, given by ARN or name; AWS takes some seconds for it. */
function reportCommands(principal: string | undefined): string[] {
  const parsed = principal === undefined ? undefined : parsePrincipal(principal);
  const arn = shellWord(parsed && principal) ?? "'<role-arn>'";
  const file = shellWord(`${parsed?.name ?? principal ?? 'NAME'}.last-accessed.json`) ?? 'NAME.last-accessed.json';
  return [
    `job=$(aws iam generate-service-last-accessed-details --arn ${arn} --granularity ACTION_LEVEL --query JobId --output text)`,
    'sleep 15',
    `aws iam get-service-last-accessed-details --job-id "$job" --max-items 1000 > ${file}`,
  ];
}
