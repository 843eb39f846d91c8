import { isObject, type JsonObject, listField, optional, stringField } from '../shape.ts';
import { type FindingsReader, holdsObject, type Item, itemsIn } from '../source.ts';
import type { WantedFinding } from './fetchCommands.ts';
import { isWanted, WithoutActionsReading } from './report.ts';

/**
 * Answers of `aws accessanalyzer list-findings-v2`, pages of one or summaries without what is around them: they name findings
 * and no actions.
 * https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_ListFindingsV2.html
 */
export const listFindings: FindingsReader = {
  knows: (value) => isSummary(value) || (listField(value, 'findings')?.some(isSummary) ?? false),

  start: (source) => new WithoutActionsReading("This list of 'list-findings-v2'", wantedIn, source),
};

function isSummary(value: unknown): value is JsonObject {
  return isObject(value) && stringField(value, 'id') !== undefined && stringField(value, 'findingType') !== undefined;
}

function* wantedIn(item: Item<JsonObject>): Iterable<WantedFinding> {
  const summaries = isSummary(item.value) ? [item] : itemsIn(item, 'findings');
  for (const summary of summaries) {
    if (!holdsObject(summary) || !isSummary(summary.value)) continue;
    const { value } = summary;
    const id = stringField(value, 'id');
    if (id !== undefined && isWanted(stringField(value, 'findingType'), stringField(value, 'status')))
      yield { id, ...optional('analyzer', stringField(value, 'analyzerArn')) };
  }
}
