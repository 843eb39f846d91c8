import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FindingsIndex } from '../../../server/src/service/findings/findingsIndex.ts';
import { physicalIdsIn } from '../../../server/src/service/findings/physicalNames.ts';
import { finding } from '../../support/jsonFindings.ts';

const INDEX = indexOf(
  'billing-AppRole-1A2B3C',
  'api-production-eu-west-1-ApiHandlerServiceRoleFCD-1A2B3C4D5E6F7G',
  'Plain',
);

/** What logical ids that findings may be about are found in a text. */
const TEXTS: Readonly<Record<string, readonly [text: string, ids: readonly string[]]>> = {
  YAML: ['Resources:\n  AppRole:\n    Type: AWS::IAM::Role\n', ['approle']],
  JSON: ['{"Resources": {"AppRole": {"Type": "AWS::IAM::Role"}}}', ['approle']],
  'quoted keys': ["Resources:\n  'AppRole' :\n    Type: AWS::IAM::Role\n", ['approle']],
  'the role that is made for a serverless function': ['  App:\n    Type: AWS::Serverless::Function\n', ['approle']],
  'an id that may have been cut': [
    '  ApiHandlerServiceRoleFCDC14AE:\n    Type: AWS::IAM::Role\n',
    ['apihandlerservicerolefcd'],
  ],
  'other roles': ['  AppRole2:\n    Type: AWS::IAM::Role\n  TheAppRole:\n    Type: AWS::IAM::Role\n', []],
  'no template': ['AppRole: 1\n', []],
};

for (const [name, [text, ids]] of Object.entries(TEXTS)) {
  test(`Logical ids are found in a text: ${name}`, () => {
    assert.deepEqual([...physicalIdsIn(text, INDEX)], ids);
  });
}

test('Without findings about what CloudFormation named nothing is looked for', () => {
  assert.deepEqual([...physicalIdsIn('  AppRole:\n    Type: AWS::IAM::Role\n', indexOf('AppRole'))], []);
});

function indexOf(...roles: readonly string[]): FindingsIndex {
  const findings = roles.map((role) => finding({ s3: ['A'] }, { principal: `arn:aws:iam::111111111111:role/${role}` }));
  return new FindingsIndex([{ file: '/ws/findings.json', recognised: true, findings, problems: [] }]);
}
