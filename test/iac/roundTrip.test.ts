import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import '../support/seed.ts';
import { Analyzer, type FileAnalysis, type PolicyAnalysis } from '../../server/src/service/analysis.ts';
import { FindingsIndex } from '../../server/src/service/findings/findingsIndex.ts';
import { readFindings } from '../../server/src/service/findings/read.ts';
import type { StatementChange } from '../../server/src/service/policy/model.ts';
import { today } from '../support/catalogues.ts';
import { applyDisjoint } from '../support/disjoint.ts';
import { type IacFile, iacPaths, readIacFile } from '../support/iacFiles.ts';
import { grants, isIncluded } from '../support/oracle.ts';
import type { Reports } from '../support/refine.ts';
import { type StatementValue, statementValues } from '../support/statementValues.ts';

// Files as people write them, refined by random findings, and read back by a reader that shares nothing with the product.

const runs = Number(process.env.FC_RUNS ?? 12);
let rewritten = 0;
let compared = 0;

for (const name of iacPaths()) {
  test(`${name} keeps what is used, loses what is not, and gains nothing`, async () => {
    const file = await readIacFile(name);
    const services = servicesOf(file);
    fc.assert(
      fc.property(randomReports(services), fc.boolean(), (reports, endsWithLineBreak) => {
        const text = endsWithLineBreak ? file.text : file.text.trimEnd();
        const analysis = analyze({ ...file, text }, reports);
        const after = refine(analysis);
        if (after !== text) rewritten++;
        checkMeaning(analysis, after, reports);
        checkBytes(analysis, after);
        assert.equal(refine(analyze({ ...file, text: after }, reports)), after, 'nothing is left to refine');
      }),
      { numRuns: runs, includeErrorInReport: true },
    );
  });
}

test('Files were rewritten, and read by both', () => {
  assert.ok(rewritten >= 10 * runs, `${rewritten} rewritten`);
  assert.ok(compared >= 15 * runs, `${compared} compared`);
});

/** The services whose actions a file grants, a few of all for a star. */
function servicesOf({ text, syntax }: IacFile): string[] {
  const entries = syntax.read(text).documents.flatMap(({ statements }) => statements.flatMap((each) => each.entries));
  const prefixes = entries.map(({ value }) => value.split(':')[0]?.toLowerCase() ?? '');
  return [...new Set(prefixes.flatMap((prefix) => (prefix === '*' ? ['s3', 'sqs'] : [prefix])))].filter((prefix) =>
    today.service(prefix),
  );
}

function randomReports(services: readonly string[]): fc.Arbitrary<Reports> {
  return fc
    .tuple(
      ...services.map((service) => {
        const names = today.service(service)?.names ?? [];
        return fc.oneof(
          { weight: 1, arbitrary: fc.constant(undefined) },
          { weight: 1, arbitrary: fc.constant('whole' as const) },
          { weight: 4, arbitrary: fc.subarray([...names], { minLength: 1 }) },
        );
      }),
    )
    .map((reports) => ({
      // Makes a list of whole services one of findings, too.
      nothing: ['Else'],
      ...Object.fromEntries(services.flatMap((service, i) => (reports[i] ? [[service, reports[i]]] : []))),
    }));
}

function analyze({ text, syntax }: IacFile, reports: Reports): FileAnalysis {
  const findings = Object.entries(reports).map(([serviceNamespace, actions]) => ({
    serviceNamespace,
    ...(actions !== 'whole' && { actions }),
  }));
  const index = new FindingsIndex([readFindings(JSON.stringify(findings), '/w/findings.json', today)]);
  const analyzer = new Analyzer(today, index, { generalization: 'prefix', keep: [] });
  return analyzer.analyze(text, syntax, { path: '/w/file' }, { anywhere: true });
}

function changesOf({ refined }: PolicyAnalysis): readonly StatementChange[] {
  return refined?.refinement.changes ?? [];
}

function refine({ text, syntax, file, policies }: FileAnalysis): string {
  if (file.problems.length > 0) return text;
  const edits = policies.flatMap((policy) => {
    const changes = changesOf(policy);
    return changes.length > 0 ? syntax.write(text, policy.document, changes) : [];
  });
  return applyDisjoint(text, edits);
}

/** The oracle of the guarantee, on what an independent reader makes of the file before and after. */
function checkMeaning({ text, policies }: FileAnalysis, after: string, reports: Reports): void {
  const before = statementValues(text);
  // What the other reader refuses, such as repeated keys, cannot be compared.
  if (!before) return;
  compared++;
  const changes = new Map(
    policies.flatMap((policy) =>
      changesOf(policy).map(({ statement, change }) => [statement.pointer, change] as const),
    ),
  );
  const kept = before.filter(({ pointer }) => changes.get(pointer)?.kind !== 'remove');
  const left = statementValues(after);
  assert.ok(left, `the result can be read:\n${after}`);
  assert.equal(left.length, kept.length, 'the statements that are left');
  for (const removed of before.filter(({ pointer }) => changes.get(pointer)?.kind === 'remove'))
    checkActions(removed, [], reports, true);
  for (const [index, statement] of kept.entries()) {
    const { Action, NotAction, ...others } = statement.value;
    const fresh: StatementValue['value'] = (left[index] as StatementValue).value;
    const { Action: newAction, NotAction: newNotAction, ...newOthers } = fresh;
    assert.deepEqual(newOthers, others, statement.pointer);
    if (NotAction !== undefined) {
      assert.equal(newAction, Action);
      for (const entry of list(NotAction)) assert.ok(list(newNotAction).includes(entry), `${entry} is still excluded`);
      for (const entry of strings(newNotAction))
        if (!list(NotAction).includes(entry)) assert.ok(isReported(entry, reports), `${entry} was excluded`);
    } else {
      checkActions(statement, newAction, reports, changes.has(statement.pointer));
    }
  }
}

function checkActions({ value, pointer }: StatementValue, after: unknown, reports: Reports, isRefined: boolean): void {
  assert.deepEqual(objects(after), objects(value.Action), `${pointer}: what is no string stays`);
  const [old, fresh] = [strings(value.Action), strings(after)];
  const added = fresh.filter((entry) => !old.includes(entry));
  if (!isRefined && added.length === 0 && fresh.length === old.length) return;
  assert.equal(value.Effect, 'Allow', pointer);
  assert.ok(!('Principal' in value) && !('NotPrincipal' in value), pointer);
  for (const entry of added)
    assert.ok(
      old.some((other) => isIncluded(entry, other)),
      `${pointer}: '${entry}' was gained`,
    );
  const patterns = old.filter((entry) => /[*?]/.test(entry) || !fresh.includes(entry));
  for (const action of sample(reports)) {
    if (!patterns.some((entry) => grants(entry, action))) continue;
    const stays = fresh.some((entry) => grants(entry, action));
    assert.equal(stays, !isReported(action, reports), `${pointer}: ${action}`);
  }
}

/** Some actions of the services that are reported: those that are, and those that are not. */
function sample(reports: Reports): string[] {
  return Object.keys(reports).flatMap((service) => {
    const names = today.service(service)?.names ?? [];
    const step = Math.ceil(names.length / 60);
    return names.filter((_, index) => index % step === 0).map((name) => `${service}:${name}`);
  });
}

function isReported(action: string, reports: Reports): boolean {
  const [service = '', name = ''] = action.split(':');
  const reported = Object.entries(reports).find(([prefix]) => prefix === service.toLowerCase())?.[1];
  if (reported === 'whole') return action.toLowerCase() !== 'iam:passrole';
  return reported?.some((other) => other.toLowerCase() === name.toLowerCase()) ?? false;
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : value === undefined ? [] : [value];
}

function strings(value: unknown): string[] {
  return list(value).filter((item) => typeof item === 'string');
}

function objects(value: unknown): unknown[] {
  return list(value).filter((item) => typeof item === 'object');
}

/** All lines but those of changed elements and removed statements stay, byte for byte and in order. */
function checkBytes(analysis: FileAnalysis, after: string): void {
  const { text, syntax, policies } = analysis;
  const changed = policies.flatMap(({ document }, index) =>
    changesOf(policies[index] as PolicyAnalysis).map((change) => ({ document, ...change })),
  );
  const touched = changed.map(({ statement, change, document }) => {
    if (change.kind !== 'remove') return statement.list ?? statement.elementSpan;
    // A list on one line changes as a whole.
    return /[[{]/.test(text[document.list?.start ?? 0] ?? '') ? (document.list ?? statement) : statement;
  });
  const lines = text.split('\n');
  let start = 0;
  const untouched = lines.filter((line) => {
    const from = start;
    start += line.length + 1;
    return !touched.some((span) => span.start <= from + line.length && span.end >= from);
  });
  const result = after.split('\n');
  let at = 0;
  for (const line of untouched) {
    const found = result.findIndex((other, index) => index >= at && sameLine(other, line));
    // A comment that is indented below what went may go with it.
    if (found < 0 && /^\s*#/.test(line)) continue;
    assert.ok(found >= 0, `this line is lost: ${line}`);
    at = found + 1;
  }
  assert.deepEqual(syntax.read(after).problems, analysis.file.problems);
}

/** What comes to stand at the end of a text without a line break there loses its carriage return. */
function sameLine(one: string, other: string): boolean {
  return one === other || `${one}\r` === other;
}
