import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { json } from '../../../server/src/service/policy/json/index.ts';
import { applyChanges, type PolicyDocument } from '../../../server/src/service/policy/model.ts';
import type { RefineContext } from '../../../server/src/service/refine/entry.ts';
import { type PolicyRefinement, refinePolicy, type Totals } from '../../../server/src/service/refine/policy.ts';
import { planStatement, type StatementPlan } from '../../../server/src/service/refine/statementPlan.ts';
import { catalogueWith } from '../../support/catalogues.ts';
import { contextOf, type Reports } from '../../support/refine.ts';

const small = catalogueWith({
  iam: ['CreateUser', 'GetRole', 'PassRole'],
  s3: ['GetBucketAcl', 'GetObject', 'GetObjectAcl', 'PutObject'],
  sqs: ['ReceiveMessage', 'SendMessage'],
});
const context = contextOf(small, { s3: ['GetBucketAcl', 'PutObject', 'GetFuture'], sqs: 'whole' });

const allow = (...Action: readonly unknown[]) => ({ Effect: 'Allow', Action });
const allowBut = (...NotAction: readonly unknown[]) => ({ Effect: 'Allow', NotAction });

describe('the totals of a policy count', () => {
  interface Row {
    readonly statements: readonly object[];
    readonly reports?: Reports;
    readonly totals: Totals;
  }
  const rows: Readonly<Record<string, Row>> = {
    'nothing when it is not refined': {
      statements: [{ Effect: 'Deny', Action: 's3:*' }],
      totals: { granted: 0, unused: 0, entriesChanged: 0, statementsRemoved: 0 },
    },
    'what is granted and stays': {
      statements: [allow('s3:GetObject', 'iam:*', 'future:Do')],
      totals: { granted: 4, unused: 0, entriesChanged: 0, statementsRemoved: 0 },
    },
    'an action once that several entries and statements grant': {
      statements: [allow('s3:Get*', 's3:GetObject', 'S3:getbucketacl'), allow('s3:*', 's3:GetObject')],
      totals: { granted: 5, unused: 3, entriesChanged: 3, statementsRemoved: 0 },
    },
    'an unused action that the catalogue lacks once, in any case': {
      statements: [allow('s3:GetFuture', 's3:getfuture', 's3:GetF*', 's3:GetObject')],
      totals: { granted: 2, unused: 1, entriesChanged: 2, statementsRemoved: 0 },
    },
    'two unused actions of the same name in two services': {
      statements: [allow('abc:Do', 'xyz:Do', 'xyz:Undo', 'xyz:Redo', 's3:GetObject')],
      reports: { abc: ['Do'], xyz: ['Do', 'Undo'] },
      totals: { granted: 4, unused: 3, entriesChanged: 3, statementsRemoved: 0 },
    },
    'the entries of a statement that goes': {
      statements: [allow('sqs:*', 's3:PutObject'), allow('s3:GetObject'), allow('sqs:SendMessage')],
      totals: { granted: 4, unused: 3, entriesChanged: 3, statementsRemoved: 2 },
    },
    'what a NotAction grants, and what is added to it': {
      statements: [allowBut('iam:*', 's3:PutObject'), allow('s3:PutObject', 's3:GetObject')],
      totals: { granted: 7, unused: 5, entriesChanged: 4, statementsRemoved: 0 },
    },
    'a NotAction to which nothing is added': {
      statements: [allowBut('s3:*', 'sqs:*')],
      totals: { granted: 3, unused: 0, entriesChanged: 0, statementsRemoved: 0 },
    },
    'no change of a policy of which nothing would be left': {
      statements: [allow('sqs:*'), allow('s3:PutObject')],
      totals: { granted: 3, unused: 3, entriesChanged: 0, statementsRemoved: 0 },
    },
  };
  for (const [why, { statements, reports, totals }] of Object.entries(rows)) {
    it(why, () => {
      const refinement = refine(statements, reports && contextOf(small, reports));
      assert.deepEqual(refinement.totals, totals);
      assert.deepEqual(refinement.totals, totals, 'asked again');
    });
  }
});

describe('a policy', () => {
  it('of which no statement would be left is not rewritten', () => {
    const { emptied, changes, proof } = refine([allow('sqs:*'), allow('s3:PutObject')]);
    assert.deepEqual([emptied, changes, proof], [true, [], 'ok']);
  });

  it('of a single statement that would go is not rewritten', () => {
    const text = JSON.stringify({ Statement: allow('sqs:*') });
    const { emptied, changes } = refinePolicy(readPolicy(text), context);
    assert.deepEqual([emptied, changes.length], [true, 0]);
  });

  it('that keeps a statement is, be it one that is never refined', () => {
    const { emptied, changes, statements } = refine([allow('sqs:*'), { Effect: 'Deny', Action: 's3:*' }]);
    assert.deepEqual([emptied, changes.map(({ change }) => change)], [false, [{ kind: 'remove' }]]);
    assert.equal(statements.length, 1);
  });

  it('that stays as it is has no change', () => {
    const { emptied, changes, statements } = refine([allow('s3:GetObject')]);
    assert.deepEqual([emptied, changes], [false, []]);
    assert.deepEqual(
      statements.map(({ verdict, change, removed }) => [verdict, change, removed]),
      [['ok', undefined, false]],
    );
  });

  const others: Readonly<Record<string, object>> = {
    'that denies': { Effect: 'Deny', Action: ['s3:PutObject'] },
    'with a principal': { Effect: 'Allow', Principal: '*', Action: ['s3:PutObject'] },
  };
  for (const [name, statement] of Object.entries(others)) {
    it(`keeps a statement ${name}`, () => assert.deepEqual(refine([statement]).statements, []));
  }

  it('of another kind is kept as a whole', () => {
    const document: PolicyDocument = { ...readPolicy(JSON.stringify({ Statement: [allow('s3:*')] })), kind: 'other' };
    assert.deepEqual(refinePolicy(document, context).statements, []);
  });
});

describe('a statement', () => {
  it('is removed when all it grants is unused', () => {
    const plan = planOf(allow('sqs:*', 's3:PutObject'));
    assert.deepEqual([plan.removed, plan.change?.change], [true, { kind: 'remove' }]);
  });

  it('with a reference keeps it, and is not removed', () => {
    const statement = allow('sqs:*', { Ref: 'Others' });
    const plan = planOf(statement);
    assert.deepEqual([plan.removed, plan.change?.change.kind], [false, 'replace']);
    assert.deepEqual(rewritten(statement), allow({ Ref: 'Others' }));
  });

  const staying: Readonly<Record<string, object>> = {
    'that lists nothing': allow(),
    'that lists nothing to except': allowBut(),
    'that excepts a reference': allowBut({ Ref: 'Others' }, 'iam:*'),
    'that excepts all that is unused': allowBut('s3:*', 'sqs:*'),
    'that excepts everything': allowBut('*'),
    'in use': allow('s3:GetObject'),
  };
  for (const [name, statement] of Object.entries(staying)) {
    it(`${name} stays`, () => {
      const { entries, removed, verdict, change } = planOf(statement);
      assert.deepEqual([removed, verdict, change], [false, 'ok', undefined]);
      assert.deepEqual(
        entries.map(({ entry, replacement }) => [entry, replacement]),
        'Action' in statement ? (statement.Action as string[]).map((entry) => [entry, undefined]) : [],
      );
    });
  }

  it('changes by the entries that change, and no others', () => {
    const { change, entries } = planOf(allow('s3:GetObject', 's3:Get*', 's3:PutObject', 'iam:*'));
    assert.ok(change?.change.kind === 'replace');
    assert.deepEqual(
      [...change.change.replacements].map(([{ value }, replacement]) => [value, replacement]),
      [
        ['s3:Get*', ['s3:GetObject*']],
        ['s3:PutObject', []],
      ],
    );
    assert.deepEqual(
      entries.map(({ replacement }) => replacement),
      [undefined, ['s3:GetObject*'], [], undefined],
    );
  });

  it('is refined entry by entry, as the user chooses', () => {
    const statement = readStatement(allow('s3:Get*', 's3:PutObject', 'sqs:*', 's3:PutObject'));
    const choose = (...chosen: readonly number[]) => {
      const { change, verdict, removed } = planStatement(statement, context, (entry) =>
        chosen.includes(statement.entries.indexOf(entry)),
      );
      assert.deepEqual([verdict, removed], ['ok', false]);
      if (!change) return [];
      assert.ok(change.change.kind === 'replace');
      return [...change.change.replacements.keys()].map((entry) => statement.entries.indexOf(entry));
    };
    assert.deepEqual(choose(), []);
    assert.deepEqual(choose(0), [0]);
    assert.deepEqual(choose(2), [2]);
    assert.deepEqual(choose(0, 2), [0, 2]);
    assert.deepEqual(choose(1, 3), [1, 3]);
  });

  it('gets the same refinement wherever it stands, and another one in another context', () => {
    const twice = [
      allow('s3:Get*', 's3:PutObject'),
      allow('s3:PutObject', 's3:Get*'),
      allow('s3:Get*', 's3:PutObject'),
    ];
    const replacements = (refinement: PolicyRefinement) =>
      refinement.statements.map(({ entries }) => entries.map(({ replacement }) => replacement));
    const first = [['s3:GetObject*'], []];
    assert.deepEqual(replacements(refine(twice)), [first, [...first].reverse(), first]);
    const other = contextOf(small, { s3: ['GetObjectAcl'] });
    assert.deepEqual(replacements(refine(twice, other))[0], [['s3:GetBucketAcl', 's3:GetObject'], undefined]);
    assert.deepEqual(replacements(refine(twice))[0], first);
  });

  it('is refined rightly behind thousands of different ones', () => {
    const many = Array.from({ length: 2100 }, (_, i) => allow(`s3:Get*`, `abc:Do${i}`));
    const { statements, changes } = refine([
      allow('s3:PutObject', 's3:GetObject'),
      ...many,
      allow('s3:PutObject', 'iam:*'),
    ]);
    assert.equal(changes.length, 2102);
    assert.deepEqual(statements.at(-1)?.entries[0]?.replacement, []);
    assert.deepEqual(statements.at(-2)?.entries[0]?.replacement, ['s3:GetObject*']);
  });
});

describe('no change is made that the proof refuses', () => {
  /** Findings that say something else once they were asked for the service `zzz`: after the refiner, before the proof. */
  function changing(before: Reports, after: Reports): RefineContext {
    let { unused } = contextOf(small, before);
    const service = (prefix: string) => {
      const found = unused.service(prefix);
      if (prefix === 'zzz') unused = contextOf(small, after).unused;
      return found;
    };
    return { ...context, unused: { prefixes: ['s3', 'sqs', 'zzz'], isKept: () => false, service } };
  }

  it('because too little would be granted', () => {
    const plan = planOf(allow('s3:GetObject', 'iam:*', 'zzz:Do'), changing({ s3: ['GetObject'] }, {}));
    assert.equal(plan.verdict, "'s3:GetObject' is in use and would no longer be granted");
    assert.equal(plan.change, undefined);
  });

  it('though every entry changes', () => {
    const findings = changing({ s3: ['GetObject', 'PutObject'], zzz: ['Do'] }, { s3: ['PutObject'], zzz: ['Do'] });
    const { verdict, change } = planOf(allow('s3:*', 's3:PutObject', 'zzz:Do'), findings);
    assert.equal(verdict, "'s3:GetObject' is in use and would no longer be granted");
    assert.equal(change, undefined);
  });

  it('because too much would be granted', () => {
    const findings = changing({ s3: ['PutObject'] }, { s3: ['PutObject', 'GetObject'] });
    const plan = planOf(allow('s3:GetObject', 's3:PutObject', 'zzz:Do'), findings);
    assert.equal(plan.verdict, "'s3:GetObject' is unused and would still be granted by 's3:GetObject'");
    assert.equal(plan.change, undefined);
  });

  it('because a NotAction would take too much away', () => {
    const plan = planOf(allowBut('iam:*'), changing({ s3: ['GetObject'] }, {}));
    assert.equal(plan.verdict, "'s3:GetObject' is in use and would be excluded");
    assert.equal(plan.change, undefined);
  });

  it('nor any other change of the policy', () => {
    const findings = changing({ s3: ['GetObject'], sqs: 'whole' }, { sqs: 'whole' });
    const statements = [
      allow('sqs:*', 'iam:*'),
      allow('s3:GetObject', 'iam:*', 'zzz:Do'),
      allow('sqs:*', 'iam:GetRole'),
    ];
    const { proof, changes, totals } = refine(statements, findings);
    assert.equal(proof, "'s3:GetObject' is in use and would no longer be granted");
    assert.deepEqual([changes, totals.entriesChanged, totals.statementsRemoved], [[], 0, 0]);
  });
});

describe('a statement that a condition chooses', () => {
  const chosen = (...statement: readonly object[]) => ({ 'Fn::If': ['Debug', ...statement, { Ref: 'AWS::NoValue' }] });

  it('is refined in its place', () => {
    const { changes, emptied } = refine([chosen(allow('sqs:*', 's3:GetObject'))]);
    assert.deepEqual(
      changes.map(({ change, statement }) => [change.kind, statement.pointer]),
      [['replace', '/Statement/0/Fn::If/1']],
    );
    assert.equal(emptied, false);
  });

  it('stays as it is where nothing would be left of it', () => {
    const { changes, statements, totals } = refine([chosen(allow('sqs:*', 's3:PutObject')), allow('s3:GetObject')]);
    assert.deepEqual(changes, []);
    assert.deepEqual(
      statements[0]?.entries.map(({ replacement }) => replacement),
      [[], []],
    );
    assert.deepEqual([statements[0]?.removed, totals.entriesChanged, totals.statementsRemoved], [false, 0, 0]);
  });
});

function readPolicy(text: string): PolicyDocument {
  const { documents, problems } = json.read(text);
  assert.deepEqual(problems, []);
  const [document] = documents;
  assert.ok(document);
  return document;
}

function refine(statements: readonly object[], within: RefineContext = context): PolicyRefinement {
  return refinePolicy(readPolicy(JSON.stringify({ Statement: statements })), within);
}

function readStatement(statement: object) {
  const [read] = readPolicy(JSON.stringify({ Statement: [statement] })).statements;
  assert.ok(read);
  return read;
}

function planOf(statement: object, within: RefineContext = context): StatementPlan {
  return planStatement(readStatement(statement), within);
}

/** The statement after its policy has been refined. */
function rewritten(statement: object): object {
  const text = JSON.stringify({ Statement: [statement] });
  const document = readPolicy(text);
  const { changes } = refinePolicy(document, context);
  return JSON.parse(applyChanges(text, json.write(text, document, changes))).Statement[0];
}
