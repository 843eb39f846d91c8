import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import '../support/seed.ts';
import type { PolicyDocument, Statement, StatementChange, TextChange } from '../../server/src/service/policy/model.ts';
import { refinePolicy } from '../../server/src/service/refine/policy.ts';
import { catalogueWith, today } from '../support/catalogues.ts';
import { applyDisjoint } from '../support/disjoint.ts';
import { hcl, isSound } from '../support/hcl.ts';
import { grants } from '../support/oracle.ts';
import { contextOf, type Reports } from '../support/refine.ts';

/** A folder of Terraform files: the project's own, or any other. */
const FOLDER = process.env.HCL_FOLDER ?? path.join(__dirname, '../fixtures/iac/hcl');

const FILES = readdirSync(FOLDER)
  .filter((name) => /\.(?:tf|tofu)$/.test(name))
  .map((name) => ({ name, text: readFileSync(path.join(FOLDER, name), 'utf8') }));

/** The oracle looks at every action, so of the largest services only some are there. */
const MAX_NAMES = 60;

const SERVICES = ['s3', 'sqs', 'sns', 'iam', 'kms', 'dynamodb', 'logs', 'ssm', 'events', 'ec2', 'elasticloadbalancing'];

const CATALOGUE = catalogueWith(
  Object.fromEntries(SERVICES.map((prefix) => [prefix, (today.service(prefix)?.names ?? []).slice(0, MAX_NAMES)])),
);

const ACTIONS = SERVICES.flatMap((prefix) =>
  (CATALOGUE.service(prefix)?.names ?? []).map((name) => ({ prefix, name, action: `${prefix}:${name}` })),
);

/** What is reported of each service: nothing, some of it, or all. */
const reports: fc.Arbitrary<Reports> = fc
  .array(fc.tuple(fc.constantFrom(0, 0.3, 0.7, 1), fc.nat()), {
    minLength: SERVICES.length,
    maxLength: SERVICES.length,
  })
  .map((shares) =>
    Object.fromEntries(
      SERVICES.map((prefix, index) => {
        const [share, seed] = shares[index] as [number, number];
        const names = (CATALOGUE.service(prefix)?.names ?? []).filter(
          (_, at) => ((seed + at * 7919) % 97) / 97 < share,
        );
        return [prefix, names];
      }),
    ),
  );

const modes = fc.constantFrom<'prefix' | 'exact'>('prefix', 'exact');

/** What refining all policies of a text changes. */
function refine(text: string, unused: Reports, generalization: 'prefix' | 'exact') {
  const { documents, problems } = hcl.read(text);
  const refined = (problems.length > 0 ? [] : documents).map((document) => {
    const changes = refinePolicy(document, contextOf(CATALOGUE, unused, { generalization })).changes;
    return { document, changes, edits: hcl.write(text, document, changes) };
  });
  return { documents, refined, edits: refined.flatMap(({ edits }) => edits).sort((a, b) => a.start - b.start) };
}

/** The statements that a change is to leave, in order, with what they are to hold. */
function expected(
  document: PolicyDocument,
  changes: readonly StatementChange[],
): { effect: string; entries: string[] }[] {
  return document.statements.flatMap((statement) => {
    // Whoever removes one of several lists removes their statement.
    const isGone = changes.some(
      ({ statement: { start }, change: { kind } }) => kind === 'remove' && start === statement.start,
    );
    const change = changes.find((candidate) => candidate.statement === statement)?.change;
    if (isGone) return [];
    const added = change?.kind === 'append' ? change.entries : [];
    const entries = statement.entries.flatMap(
      (entry) => (change?.kind === 'replace' ? change.replacements.get(entry) : undefined) ?? [entry.value],
    );
    return [{ effect: statement.effect, entries: [...entries, ...added] }];
  });
}

/** What is read, but for lists of which nothing is left: they are no statements any more. */
function held(statements: readonly { effect: string; entries: readonly (string | { value: string })[] }[]) {
  return statements
    .map(({ effect, entries }) => [
      effect,
      ...entries.map((entry) => (typeof entry === 'string' ? entry : entry.value)),
    ])
    .filter((line) => line.length > 1);
}

/** Whether an edit lies in the list, or the string, of a changed statement. */
function isInside({ start, end }: TextChange, { list, entries: [entry] }: Statement): boolean {
  const span = list ?? entry;
  return span !== undefined && span.start <= start && end <= span.end;
}

/** Whether an edit makes the gap before a `=` or a comment narrower or wider, or that before the end of an object. */
function isGap({ start, end, text: written }: TextChange, text: string): boolean {
  return /^ +$/.test(written) && /^ +$/.test(text.slice(start, end)) && /^(?:=|#|\/[/*]|\})/.test(text.slice(end));
}

/** Whether an edit removes statements, and with them nothing but white space, commas and comments that end a line. */
function isRemoval({ start, end, text: written }: TextChange, text: string, statements: readonly Statement[]): boolean {
  let rest = '';
  let at = start;
  for (const statement of statements) {
    if (statement.start < at || statement.end > end) continue;
    rest += text.slice(at, statement.start);
    at = statement.end;
  }
  rest += text.slice(at, end);
  return written.trim() === '' && /^(?:\s|,|#.*|\/\/.*|\/\*(?:(?!\*\/).)*\*\/)*$/.test(rest);
}

for (const { name, text } of FILES) {
  describe(`Refining ${name} by any findings`, () => {
    it('writes what was to be written, and touches nothing else', () => {
      fc.assert(
        fc.property(reports, modes, (unused, mode) => {
          const { documents, refined, edits } = refine(text, unused, mode);
          const rewritten = applyDisjoint(text, edits);
          assert.ok(isSound(rewritten), rewritten);
          const after = hcl.read(rewritten);
          assert.equal(after.documents.length, documents.length);
          for (const [index, { document, changes }] of refined.entries())
            assert.deepEqual(held(after.documents[index]?.statements ?? []), held(expected(document, changes)));
          for (const { document, changes, edits: own } of refined)
            for (const edit of own)
              assert.ok(
                isGap(edit, text) ||
                  changes.some(({ statement }) => isInside(edit, statement)) ||
                  isRemoval(edit, text, document.statements),
                `${JSON.stringify(edit)} replaces ${JSON.stringify(text.slice(edit.start, edit.end))}`,
              );
        }),
        { numRuns: 60 },
      );
    });

    it('loses nothing, leaves nothing and gains nothing', () => {
      fc.assert(
        fc.property(reports, modes, (unused, mode) => {
          const { refined, edits } = refine(text, unused, mode);
          const after = hcl.read(applyDisjoint(text, edits)).documents;
          for (const [index, { document }] of refined.entries()) {
            if (document.kind === 'other') continue;
            const [before, now] = [document, after[index] as PolicyDocument].map(allowed);
            const { emptied, statements } = refinePolicy(document, contextOf(CATALOGUE, unused));
            const stuck = statements.flatMap(({ isStuck, statement }) => (isStuck ? statement.entries : []));
            for (const { prefix, name: action, action: full } of ACTIONS) {
              const isUnused = unused[prefix]?.includes(action) ?? false;
              const [was, is] = [before, now].map((entries) => (entries ?? []).some((entry) => grants(entry, full)));
              const stays = !isUnused || emptied || stuck.some(({ value }) => grants(value, full));
              assert.equal(is, was && stays, `${full} of ${document.pointer}`);
            }
          }
        }),
        { numRuns: 10 },
      );
    });

    it('throws on no part of it, and edits no block that does not stand alone', () => {
      const cut = fc.tuple(
        fc.nat(text.length),
        fc.nat(200),
        fc.constantFrom('', '"', '{', '}', '${', '<<EOF\n', '[', '\n'),
      );
      fc.assert(
        fc.property(cut, reports, ([at, length, put], unused) => {
          const broken = text.slice(0, at) + put + text.slice(at + (put === '' ? length : 0));
          for (const { document, edits } of refine(broken, unused, 'prefix').refined) {
            if (edits.length === 0 || !document.pointer.startsWith('/data/')) continue;
            const block = broken.slice(document.start, document.end);
            assert.ok(isSound(block), block);
            const alone = hcl.read(block);
            assert.deepEqual(held(alone.documents[0]?.statements ?? []), held(document.statements));
          }
        }),
        { numRuns: 150 },
      );
    });
  });
}

/** The entries that a policy's own statements allow. */
function allowed({ statements }: PolicyDocument): string[] {
  return statements
    .filter(({ effect, element, hasPrincipal }) => effect === 'Allow' && element === 'Action' && !hasPrincipal)
    .flatMap(({ entries }) => entries.map(({ value }) => value));
}
