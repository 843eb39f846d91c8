import type { Finding } from '../../finding.ts';
import { type JsonObject, listField, stringField } from '../shape.ts';
import type { FindingsReader, Item, Reading, Source } from '../source.ts';
import { listCommands } from './fetchCommands.ts';

/**
 * Answers of `aws accessanalyzer get-finding-recommendation`: the policies that AWS would write, and not what is unused.
 * https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_GetFindingRecommendation.html
 */
export const recommendation: FindingsReader = {
  knows: (value) =>
    listField(value, 'recommendedSteps') !== undefined && stringField(value, 'resourceArn') !== undefined,

  start: (source) => new RecommendationReading(source),
};

/** One message a file says it for all. */
class RecommendationReading implements Reading {
  readonly #source: Source;
  #isSaid = false;

  constructor(source: Source) {
    this.#source = source;
  }

  add({ value, place }: Item<JsonObject>): void {
    if (this.#isSaid) return;
    this.#isSaid = true;
    this.#source.report({
      code: 'findings-without-actions',
      message:
        "This is AWS's recommendation, which does not say what is unused. Get the finding instead, with `aws accessanalyzer get-finding-v2` and the same analyzer and id",
      at: place,
      commands: listCommands(stringField(value, 'resourceArn')),
      purpose: 'list the findings about it',
    });
  }

  finish(): Finding[] {
    return [];
  }
}
