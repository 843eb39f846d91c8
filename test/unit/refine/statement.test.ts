import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { refineStatement } from '../../../server/src/service/refine/statement.ts';
import { catalogueWith } from '../../support/catalogues.ts';
import { contextOf } from '../../support/refine.ts';

const small = catalogueWith({
  svc: ['GetApple', 'GetAppleRed', 'GetPear', 'GetPlum', 'PutApple', 'PutPear', 'PutPlum'],
  other: ['GetApple', 'GetPear'],
});

interface Row {
  /** The entries as they stand; those to be refined, if not all, are marked by a `!`. */
  readonly entries: readonly string[];
  readonly unused: readonly string[];
  /** What takes the place of each entry; `undefined` when it stays. */
  readonly expected: readonly (readonly string[] | undefined)[];
  readonly removed?: boolean;
}

describe('of the entries of a statement', () => {
  const rows: Readonly<Record<string, Row>> = {
    'none is left when all are unused': {
      entries: ['svc:PutPear', 'svc:PutPl*'],
      unused: ['PutPear', 'PutPlum'],
      expected: [[], []],
      removed: true,
    },
    'one that stays keeps the statement': {
      entries: ['svc:PutPear', 'svc:PutA*'],
      unused: ['PutPear', 'PutPlum'],
      expected: [[], undefined],
    },
    'one that is not chosen keeps the statement': {
      entries: ['!svc:PutPear', 'svc:PutPl*'],
      unused: ['PutPear', 'PutPlum'],
      expected: [[], undefined],
    },
    'all stay when none is chosen that grants what is unused': {
      entries: ['!svc:GetPear', 'svc:PutPear'],
      unused: ['PutPear'],
      expected: [undefined, undefined],
    },
    'none are there': { entries: [], unused: ['PutPear'], expected: [] },
    'equal ones become one, in the place of the first': {
      entries: ['svc:Put*', 'SVC:PUT*', 'svc:Put*'],
      unused: ['PutPear', 'PutPlum'],
      expected: [['svc:PutApple'], [], []],
    },
    'the same of another service stay apart': {
      entries: ['svc:P*', 'other:Get*', 'svc:Get*'],
      unused: ['PutPear', 'PutPlum', 'GetPlum', 'GetPear'],
      expected: [['svc:PutApple'], undefined, ['svc:GetApple*']],
    },
    'a new one goes that an equal one grants which stays': {
      entries: ['svc:Put*', 'SVC:putAPPLE'],
      unused: ['PutPear', 'PutPlum'],
      expected: [[], undefined],
    },
    'a new one goes that a wider one grants which stays': {
      entries: ['svc:Put*', 'svc:*Apple'],
      unused: ['PutPear', 'PutPlum'],
      expected: [[], undefined],
    },
    'a new one goes that an entry for every service grants which stays': {
      entries: ['svc:Put*', '*:PutA*'],
      unused: ['PutPear', 'PutPlum'],
      expected: [[], undefined],
    },
    'a new one goes that an equal new one grants': {
      entries: ['svc:GetA*', 'svc:Get*', 'svc:GetApp*'],
      unused: ['GetPear', 'GetPlum', 'GetAppstore'],
      expected: [['svc:GetApple*'], [], []],
    },
    'a new one goes that a wider new one grants, be it the first': {
      entries: ['svc:*Red', 'svc:*', 'svc:Get*Red'],
      unused: ['PutPear', 'PutRed', 'GetRed'],
      expected: [[], ['svc:GetApple*', 'svc:GetPear', 'svc:GetPlum', 'svc:PutApple', 'svc:PutPlum'], []],
    },
    'a new one stays that one grants which is not chosen and goes beyond it': {
      entries: ['!svc:Put*', 'svc:P*'],
      unused: ['PutPear'],
      expected: [[], undefined],
    },
    'what is not chosen stays, though it is refined elsewhere': {
      entries: ['svc:Put*', '!svc:Put*', 'svc:PutPear'],
      unused: ['PutPear'],
      expected: [undefined, [], undefined],
    },
    'a new wildcard gives way to its actions when others grant most of them': {
      entries: ['svc:*', 'svc:*l*', 'svc:GetP*'],
      unused: ['PutPear'],
      expected: [[], undefined, undefined],
    },
    'a new wildcard gives way to its actions when another one has them by another pattern': {
      entries: ['svc:*e*', 'svc:Get?*'],
      unused: ['PutApple'],
      expected: [['svc:PutPear'], undefined],
    },
    'a new wildcard stays when its actions are as many': {
      entries: ['svc:*l*', 'svc:GetA*'],
      unused: ['PutApple', 'PutPlum'],
      expected: [['svc:Get*l*'], undefined],
    },
    'a new wildcard stays when its actions are more': {
      entries: ['svc:*', 'svc:PutApple'],
      unused: ['PutPear', 'PutPlum'],
      expected: [['svc:Get*'], undefined],
    },
  };
  for (const [why, { entries, unused, expected, removed = false }] of Object.entries(rows)) {
    it(why, () => {
      const marked = entries.some((entry) => entry.startsWith('!'));
      const refinement = refineStatement(
        entries.map((entry) => entry.replace('!', '')),
        contextOf(small, { svc: unused }),
        ...(marked ? [{ chosen: (index: number) => entries[index]?.startsWith('!') === true }] : []),
      );
      assert.deepEqual(
        refinement.entries.map(({ replacement }) => replacement),
        expected,
      );
      assert.equal(refinement.removed, removed);
    });
  }

  it('each tells what it grants and what of it is unused, be it chosen or not', () => {
    const { entries } = refineStatement(['svc:Put*', 'svc:P*'], contextOf(small, { svc: ['PutPear'] }), {
      chosen: (index) => index === 0,
    });
    assert.deepEqual(
      entries.map(({ entry, unused, grants }) => [entry, unused, grants[0]?.indexes.length]),
      [
        ['svc:Put*', 1, 3],
        ['svc:P*', 1, 3],
      ],
    );
  });
});
