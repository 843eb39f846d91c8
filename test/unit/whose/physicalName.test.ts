import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isMadeOf, readPhysicalName } from '../../../server/src/service/whose/physicalName.ts';

describe('CloudFormation may have made a name', () => {
  const rows: Readonly<Record<string, string>> = {
    'orders-AppRole-1A2B3C4D5E6F': 'orders · AppRole',
    'orders-AppRole-1A2B3C4D5E6FG': 'orders · AppRole',
    'orders-AppRole-UjecjFhpdr1d': 'orders · AppRole',
    'orders-dev-AppRole-1A2B3C4D5E6F': 'orders-dev · AppRole',
    'orders-Child-1QRXKJ2M9Z8TV-AppRole-1A2B3C4D5E6F': 'orders-Child-1QRXKJ2M9Z8TV · AppRole',
    'orders-AppRole-1A2B3C': 'orders · AppRole',
    // Such names people choose, too.
    'orders-AppRole-PRODUCTION': 'orders · AppRole, perhaps',
    'orders-AppRole-administrator': 'orders · AppRole, perhaps',
    // One in eight of the names of late has no digit: it may be both.
    'orders-AppRole-UjecjFhpdrbd': 'orders · AppRole, perhaps',
    'orders-AppRole-202411201234': 'none',
    'orders-AppRole-dev': 'none',
    'AppRole-1A2B3C4D5E6F': 'none',
    AppRole: 'none',
  };
  for (const [name, is] of Object.entries(rows))
    test(`${name}: ${is}`, () => {
      const made = readPhysicalName(name);
      assert.equal(made ? `${made.stack} · ${made.id}${made.isCertain ? '' : ', perhaps'}` : 'none', is);
    });
});

describe('A name is made of a logical id', () => {
  const rows: readonly (readonly [name: string, logicalId: string, is: boolean])[] = [
    ['orders-AppRole-1A2B3C4D5E6F', 'AppRole', true],
    ['orders-AppRole-1A2B3C4D5E6F', 'APPROLE', true],
    ['orders-AppRole-1A2B3C4D5E6F', 'AppRoleOther', false],
    ['orders-AppRole-1A2B3C4D5E6F', 'MyAppRole', false],
    ['orders-AppRole-1A2B3C4D5E6F', 'Role', false],
    // Stack and logical id have 50 characters between them.
    [
      'ChineseboostAnalyticsStac-RainlyticsSummariesJobFun-UjecjFhpdr1d',
      'RainlyticsSummariesJobFunctionServiceRole1',
      true,
    ],
    [
      'Orders-CustomS3AutoDeleteObjectsCustomResourceProviderR-1A2B3C4D',
      'CustomS3AutoDeleteObjectsCustomResourceProviderRole3B1BD092',
      true,
    ],
    ['a-very-long-name-of-a-stack-that-is-cut-in-fact-so-AppRole-1A2B3C4D5E6F', 'AppRole', true],
    // In a name that is shorter nothing was cut.
    [
      'orders-CustomS3AutoDeleteObjects-1A2B3C4D5E6F',
      'CustomS3AutoDeleteObjectsCustomResourceProviderRole3B1BD092',
      false,
    ],
    ['ChineseboostAnalyticsStac-RainlyticsSummariesJobFun-UjecjFhpdr1d', 'RainlyticsSummariesJobFan', false],
  ];
  for (const [name, logicalId, is] of rows)
    test(`${name} is ${is ? '' : 'not '}made of ${logicalId}`, () => {
      const made = readPhysicalName(name);
      assert(made);
      assert.equal(isMadeOf(made, logicalId), is);
    });
});
