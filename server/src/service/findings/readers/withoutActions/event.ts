import { field, isObject, listField, optional, stringField } from '../shape.ts';
import type { FindingsReader } from '../source.ts';
import { isWanted, reportWithoutActions } from './report.ts';

/**
 * Events that Access Analyzer sends to EventBridge: they say how many actions are unused, and not which.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-eventbridge.html
 */
export const event: FindingsReader = {
  knows: (value) =>
    value['detail-type'] === 'Unused Access Finding for IAM entities' && isObject(field(value, 'detail')),

  read(items, source) {
    const wanted = items.flatMap(({ value }) => {
      const detail = field(value, 'detail');
      const id = isObject(detail) ? stringField(detail, 'findingId') : undefined;
      if (!isObject(detail) || id === undefined) return [];
      if (!isWanted(stringField(detail, 'findingType'), stringField(detail, 'status'))) return [];
      const analyzer = listField(value, 'resources')?.find((arn): arn is string => typeof arn === 'string');
      return [{ id, ...optional('analyzer', analyzer) }];
    });
    if (items[0]) reportWithoutActions('An event of EventBridge', wanted, items[0].place, source);
    return [];
  },
};
