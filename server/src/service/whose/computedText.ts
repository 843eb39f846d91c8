/**
 * A text that code computes, such as a role's name: what is written out, and between that the holes of which the value is put in
 * when the code is deployed. `"${var.prefix}-app"` is `[{ref: 'var.prefix'}, '-app']`; a text without holes is `['AppRole']`.
 */
export type ComputedText = readonly (string | Hole)[];

/** What is put into a text. */
export interface Hole {
  /**
   * What gives its value, as `FileFacts.values` and `CallFact.arguments` name it: `var.prefix`, `local.name`, `module.app.name`,
   * CloudFormation's parameter by its name, `AWS::StackName`, `each.key`, `each.value.name`, `local.names[each.key]`. Absent where nothing that is read does.
   */
  readonly ref?: string;
  /** What stands there where that gives nothing, as in `coalesce(var.name, "app")`; without a `ref`, what it may be at best. */
  readonly otherwise?: ComputedText;
}

/** A hole of which nothing is known. */
export const HOLE: Hole = {};

/** What a text says where nothing is put in; `undefined` for one with a hole. */
export function literalOf(text: ComputedText): string | undefined {
  let literal = '';
  for (const part of text) {
    if (typeof part !== 'string') return undefined;
    literal += part;
  }
  return literal;
}
