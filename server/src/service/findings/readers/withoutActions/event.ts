import { field, isObject, type JsonObject, listField, optional, stringField } from '../shape.ts';
import type { FindingsReader, Item } from '../source.ts';
import type { WantedFinding } from './fetchCommands.ts';
import { isWanted, WithoutActionsReading } from './report.ts';

/**
 * Events that Access Analyzer sends to EventBridge: they say how many actions are unused, and not which.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-eventbridge.html
 */
export const event: FindingsReader = {
  knows: (value) =>
    value['detail-type'] === 'Unused Access Finding for IAM entities' && isObject(field(value, 'detail')),

  start: (source) => new WithoutActionsReading('An event of EventBridge', wantedIn, source),
};

function* wantedIn({ value }: Item<JsonObject>): Iterable<WantedFinding> {
  const detail = field(value, 'detail');
  const id = isObject(detail) ? stringField(detail, 'findingId') : undefined;
  if (!isObject(detail) || id === undefined) return;
  if (!isWanted(stringField(detail, 'findingType'), stringField(detail, 'status'))) return;
  const analyzer = listField(value, 'resources')?.find((arn): arn is string => typeof arn === 'string');
  yield { id, ...optional('analyzer', analyzer) };
}
