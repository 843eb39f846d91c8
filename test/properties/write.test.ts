import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import '../support/seed.ts';
import { createScanner, type ParseError, parse } from 'jsonc-parser';
import { json } from '../../server/src/service/policy/json/index.ts';
import type {
  Entry,
  PolicyDocument,
  Statement,
  StatementChange,
  TextChange,
} from '../../server/src/service/policy/model.ts';
import { tfjson } from '../../server/src/service/policy/tfjson/index.ts';
import { measureChanges } from '../../server/src/service/size.ts';
import { applyDisjoint } from '../support/disjoint.ts';
import {
  type RandomLayout,
  type RandomStatement,
  randomLayout,
  randomStatements,
  render,
  STAYS,
} from '../support/jsonPolicies.ts';

/** A random policy in a random layout, and what the writer makes of it. */
class Rewritten {
  readonly statements: readonly RandomStatement[];
  readonly layout: RandomLayout;
  readonly before: string;

  constructor(statements: readonly RandomStatement[], layout: RandomLayout) {
    this.statements = statements;
    this.layout = layout;
    this.before = render(statements, layout);
  }

  get changes(): readonly StatementChange[] {
    return this.changesOf(onlyPolicy(this.before));
  }

  /** The same changes of the same policy, read elsewhere. */
  changesOf({ statements }: PolicyDocument): readonly StatementChange[] {
    return statements.flatMap((statement, index) => changeOf(statement, this.statements[index] as RandomStatement));
  }

  get edits(): readonly TextChange[] {
    return json.write(this.before, onlyPolicy(this.before), this.changes);
  }

  get after(): string {
    return applyDisjoint(this.before, this.edits);
  }

  /** What fast-check shows of a counterexample. */
  [fc.toStringMethod](): string {
    return `\n${this.before}\n=>\n${this.after}\n`;
  }
}

const rewritten = fc
  .tuple(randomStatements, randomLayout)
  .map(([statements, layout]) => new Rewritten(statements, layout));

const runs = Number(process.env.FC_RUNS ?? 300);

check('The text stays sound, in the dialect it was written in', ({ after, layout }) => {
  const errors: ParseError[] = [];
  parse(after, errors, { disallowComments: !layout.jsonc, allowTrailingComma: layout.jsonc });
  assert.deepEqual(errors, []);
});

check('A list keeps its trailing comma, or gets none', (rewritten) => {
  for (const { oldText, newText } of lists(rewritten))
    assert.equal(hasTrailingComma(newText), hasTrailingComma(oldText));
});

check('Each statement has exactly the entries it is to have, in order, and all else that it had', (rewritten) => {
  assert.deepEqual(parse(rewritten.after), expectedValue(rewritten));
});

check('The size that is foretold is that of the result', ({ before, changes, after }) => {
  assert.equal(measureChanges(onlyPolicy(before), changes).after, onlyPolicy(after).size);
});

check('Comments stay, but for those on the lines of what goes', ({ before, after }) => {
  const kept = comments(after);
  assert.deepEqual(
    comments(before).filter((comment) => comment.includes(STAYS)),
    kept.filter((comment) => comment.includes(STAYS)),
  );
  const all = comments(before);
  assert.deepEqual(
    kept,
    all.filter((comment) => kept.includes(comment)),
    'none is new',
  );
});

check('Edits are in ascending order and do not overlap', ({ before, edits }) => {
  let end = 0;
  for (const edit of edits) {
    assert(edit.start >= end && edit.end >= edit.start && edit.end <= before.length);
    end = edit.end;
  }
});

check('Line ends stay as they are', ({ before, after, layout }) => {
  assert.equal(/\r(?!\n)/.test(after), false);
  assert.equal(/(?<!\r)\n/.test(after), layout.eol === '\n' && before.includes('\n'));
});

check('No empty line is left where something went', ({ before, after }) => {
  assert(blankLines(after) <= blankLines(before));
});

check('A text without line breaks gets none', ({ before, after }) => {
  if (isMinified(before)) assert.equal(isMinified(after), true);
});

check('A list on one line becomes one of several only where the line would be wider than 100 columns', (rewritten) => {
  for (const { oldText, newText, widthOnOneLine } of lists(rewritten)) {
    if (!oldText.includes('\n') && newText.includes('\n'))
      assert(widthOnOneLine > 100, `${widthOnOneLine} columns fit`);
  }
});

check('A list on one line that would grow wider than 100 columns becomes one of several', (rewritten) => {
  if (isMinified(rewritten.before)) return;
  for (const { oldText, newText, width } of lists(rewritten)) {
    const grows = newText.length > oldText.length;
    if (!oldText.includes('\n') && !newText.includes('\n') && grows)
      assert(width <= 100, `${width} columns are too wide`);
  }
});

check('Lines in which nothing changes stay byte for byte', ({ before, after, edits }) => {
  const result = after.split('\n');
  let at = 0;
  for (const line of untouchedLines(before, edits)) {
    const found = result.indexOf(line, at);
    assert(found >= 0, `this line is lost: ${line}`);
    at = found + 1;
  }
});

check('Without changes the text stays byte for byte', ({ before }) => {
  const document = onlyPolicy(before);
  assert.deepEqual(json.write(before, document, []), []);
  const idle = document.statements.map(
    (statement): StatementChange => ({ statement, change: { kind: 'replace', replacements: new Map() } }),
  );
  assert.deepEqual(json.write(before, document, idle), []);
});

check('In a string of Terraform, a policy is written as it is in a file of its own', (rewritten) => {
  const file = JSON.stringify({ locals: { policy: rewritten.before } });
  assert.equal(JSON.parse(rewrittenInTerraform(file, rewritten)).locals.policy, rewritten.after);
});

check('As a policy document of Terraform, a policy comes to say the same', (rewritten) => {
  const inTerraform = (text: string) =>
    `{ "data": { "aws_iam_policy_document": { "app": ${text.replace(/"(?:Statement|Effect)"/g, (key) => key.toLowerCase()).replaceAll('"Action"', '"actions"')} } } }`;
  const after = rewrittenInTerraform(inTerraform(rewritten.before), rewritten);
  assert.deepEqual(parse(after), parse(inTerraform(JSON.stringify(expectedValue(rewritten)))));
});

function rewrittenInTerraform(file: string, rewritten: Rewritten): string {
  const { documents, problems } = tfjson.read(file);
  assert.deepEqual(problems, [], file);
  const [document] = documents;
  assert(document);
  return applyDisjoint(file, tfjson.write(file, document, rewritten.changesOf(document)));
}

/** Asserts something of random policies after random changes. On failure fast-check prints its seed and the smallest case. */
function check(name: string, assertion: (rewritten: Rewritten) => void): void {
  test(name, () => fc.assert(fc.property(rewritten, assertion), { numRuns: runs }));
}

function changeOf(statement: Statement, { entries, removed, added }: RandomStatement): StatementChange[] {
  if (removed) return [{ statement, change: { kind: 'remove' } }];
  if (added.length > 0) return [{ statement, change: { kind: 'append', entries: added } }];
  const replacements = new Map<Entry, readonly string[]>();
  const strings = entries.filter(({ value }) => typeof value === 'string');
  for (const [index, { replacement }] of strings.entries()) {
    if (replacement) replacements.set(statement.entries[index] as Entry, replacement);
  }
  return replacements.size > 0 ? [{ statement, change: { kind: 'replace', replacements } }] : [];
}

function onlyPolicy(text: string): PolicyDocument {
  const { documents, problems } = json.read(text);
  assert.deepEqual(problems, [], text);
  assert.equal(documents.length, 1);
  return documents[0] as PolicyDocument;
}

function expectedValue({ before, statements }: Rewritten): unknown {
  const value = parse(before) as { Statement: { Action: unknown } | { Action: unknown }[] };
  const written = Array.isArray(value.Statement) ? value.Statement : [value.Statement];
  const expected = statements.flatMap(({ entries, removed, single, added }, index) => {
    if (removed) return [];
    const actions = entries.flatMap(({ value, replacement }): unknown[] => [...(replacement ?? [value])]).concat(added);
    return [{ ...written[index], Action: single && actions.length === 1 ? actions[0] : actions }];
  });
  return { ...value, Statement: Array.isArray(value.Statement) ? expected : expected[0] };
}

/** The comments of a text, by jsonc-parser's scanner. */
function comments(text: string): string[] {
  return tokens(text)
    .filter(({ kind }) => kind === 12 || kind === 13)
    .map((token) => token.text);
}

function hasTrailingComma(list: string): boolean {
  const significant = tokens(list).filter(({ kind }) => kind <= 11);
  return significant.at(-2)?.kind === 5;
}

function tokens(text: string): { kind: number; text: string }[] {
  const scanner = createScanner(text, false);
  const found = [];
  for (let kind: number = scanner.scan(); kind !== 17; kind = scanner.scan())
    found.push({
      kind,
      text: text.slice(scanner.getTokenOffset(), scanner.getTokenOffset() + scanner.getTokenLength()),
    });
  return found;
}

/** Whether a text is one line, which a line break may end. */
function isMinified(text: string): boolean {
  return !text.trimEnd().includes('\n');
}

function blankLines(text: string): number {
  return text.split(/\r?\n/).filter((line) => line.trim() === '').length;
}

/**
 * The elements that stay or become lists: their texts, the width of the line that the list stands on now, and at most of the
 * one it would stand on if it were written on one line.
 */
function lists({ statements, before, after }: Rewritten) {
  const olds = onlyPolicy(before).statements.filter((_, index) => !statements[index]?.removed);
  return onlyPolicy(after).statements.flatMap(({ list }, index) => {
    const old = olds[index]?.list ?? olds[index]?.entries[0];
    if (!old || !list) return [];
    const oldText = before.slice(old.start, old.end);
    const newText = after.slice(list.start, list.end);
    const items = list.items.reduce((sum, { start, end }) => sum + end - start, 0);
    const oneLine = items + list.items.length * ', '.length + '[]'.length;
    return [
      {
        oldText,
        newText,
        width: lineAt(after, list.start).length,
        widthOnOneLine: lineAt(before, old.start).length - oldText.length + oneLine,
      },
    ];
  });
}

function lineAt(text: string, offset: number): string {
  return /.*/.exec(text.slice(text.lastIndexOf('\n', offset) + 1))?.[0].trimEnd() ?? '';
}

/** The lines of a text that no edit touches. */
function untouchedLines(text: string, edits: readonly TextChange[]): string[] {
  let start = 0;
  return text.split('\n').filter((line) => {
    const from = start;
    const to = from + line.length;
    start = to + 1;
    return !edits.some((edit) => edit.start <= to && edit.end > from);
  });
}
