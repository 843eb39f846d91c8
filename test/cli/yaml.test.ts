import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Folder } from '../support/cli.ts';

const TEMPLATE = `Resources:
  App:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument:
        Statement:
          - Effect: Allow
            Action:
              - s3:Get* # reads
              - s3:PutObject
            Resource: '*'
`;

const REFINED = TEMPLATE.replace('s3:Get*', 's3:GetObject*').replace(/ *- s3:PutObject\n/, '');

test('Files in YAML of a folder are refined, and other YAML is passed by', (t) => {
  const folder = new Folder(t, {
    'in/a.yaml': TEMPLATE,
    'in/b.yml': TEMPLATE.replaceAll('\n', '\r\n'),
    'in/c.template': TEMPLATE,
    'in/other.yaml': 'a: [b\n',
  });
  const { status, stderr } = folder.refine('in --findings unused.json --write');
  assert.doesNotMatch(stderr, /other\.yaml/);
  assert.equal(status, 0);
  assert.equal(folder.read('in/a.yaml'), REFINED);
  assert.equal(folder.read('in/b.yml'), REFINED.replaceAll('\n', '\r\n'));
  assert.equal(folder.read('in/c.template'), REFINED);
  assert.equal(folder.read('in/other.yaml'), 'a: [b\n');
});

test('Standard input may be YAML', (t) => {
  const { status, stdout } = new Folder(t).refine('- --findings unused.json', TEMPLATE);
  assert.equal(stdout, REFINED);
  assert.equal(status, 0);
});

test('check names the places of marks in YAML', (t) => {
  const { status, stdout } = new Folder(t, { 'a.yaml': TEMPLATE }).check('a.yaml --findings unused.json');
  assert.match(stdout, /^a\.yaml:9:17 .*s3:Get/m);
  assert.match(stdout, /^a\.yaml:10:17 .*s3:PutObject/m);
  assert.equal(status, 1);
});

test('A file in YAML that is broken is left as it is', (t) => {
  const folder = new Folder(t, { 'a.yaml': `${TEMPLATE}x: [\n` });
  const { status, stderr } = folder.refine('a.yaml --findings unused.json --write');
  assert.match(stderr, /a\.yaml:\d+: YAML syntax error: .*; the file is left as it is/);
  assert.equal(status, 2);
  assert.equal(folder.read('a.yaml'), `${TEMPLATE}x: [\n`);
});
