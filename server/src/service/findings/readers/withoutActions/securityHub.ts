import { field, isObject, type JsonObject, listField, optional, stringField } from '../shape.ts';
import { type FindingsReader, holdsObject, type Item, itemsIn } from '../source.ts';
import type { WantedFinding } from './fetchCommands.ts';
import { isWanted, WithoutActionsReading } from './report.ts';

/**
 * Access Analyzer's findings as Security Hub gives them (`aws securityhub get-findings`): they say how many actions are
 * unused, and not which.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-securityhub-integration.html
 */
export const securityHub: FindingsReader = {
  knows: (value) => isOurs(value) || (listField(value, 'Findings')?.some(isOurs) ?? false),

  start: (source) => new WithoutActionsReading('Security Hub', wantedIn, source),
};

/** Whether a value is a finding that Security Hub has from Access Analyzer, and is about unused access. */
function isOurs(value: unknown): value is JsonObject {
  if (!isObject(value)) return false;
  const fields = field(value, 'ProductFields');
  return isObject(fields) && stringField(fields, 'findingId') !== undefined && keyOfCount(fields) !== undefined;
}

/** External access has no such fields; the type of the finding is written with the counts, or stands alone. */
function keyOfCount(fields: JsonObject): string | undefined {
  return Object.keys(fields).find((key) => /^(numberOfUnused|findingType$)/.test(key));
}

function* wantedIn(item: Item<JsonObject>): Iterable<WantedFinding> {
  const findings = isOurs(item.value) ? [item] : itemsIn(item, 'Findings');
  for (const finding of findings) {
    if (!holdsObject(finding) || !isOurs(finding.value)) continue;
    const fields = field(finding.value, 'ProductFields') as JsonObject;
    const id = stringField(fields, 'findingId');
    const status = stringField(finding.value, 'RecordState');
    if (id !== undefined && isWanted(stringField(fields, 'findingType'), status))
      yield { id, ...optional('analyzer', ANALYZER.exec(stringField(finding.value, 'Id') ?? '')?.[0]) };
  }
}

/** The analyzer's ARN, with which the id of such a finding begins. */
const ANALYZER = /^arn:[\w-]+:access-analyzer:[\w-]+:\d{12}:analyzer\/[\w.-]+/;
