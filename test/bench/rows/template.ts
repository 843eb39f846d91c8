import assert from 'node:assert/strict';
import { parseAllDocuments } from 'yaml';
import { Analyzer } from '../../../server/src/service/analysis.ts';
import { FindingsIndex } from '../../../server/src/service/findings/findingsIndex.ts';
import { readFindings } from '../../../server/src/service/findings/read.ts';
import { yaml } from '../../../server/src/service/policy/yaml/index.ts';
import { today } from '../../support/catalogues.ts';
import { alternate, timed } from '../support/pairs.ts';
import { atMostTimes, type Row } from '../support/result.ts';

const LINES = 5000;

/** A template of 5,000 lines, as when it is opened: read, matched, refined and proven. In turn with the parser alone. */
export const template: Row = async () => {
  const text = templateText();
  const findings = JSON.stringify([{ serviceNamespace: 's3', actions: ['PutObject', 'GetBucketAcl'] }]);
  const index = new FindingsIndex([readFindings(findings, '/w/findings.json', today)]);
  const analyze = () => {
    const analyzer = new Analyzer(today, index, { generalization: 'prefix', keep: [] });
    return analyzer.analyze(text, yaml, { path: '/w/template.yaml' }, { anywhere: true });
  };
  const changes = analyze().policies.flatMap(({ refined }) => refined?.refinement.changes ?? []);
  assert(changes.length > 100);
  const pairs = await alternate(
    15,
    () => timed(analyze),
    () => timed(() => parseAllDocuments(text)),
  );
  return [atMostTimes(3, `a template in YAML of ${LINES} lines, from text to proven changes; peer: its parser`, pairs)];
};

function templateText(): string {
  const lines = ['Resources:'];
  for (let id = 0; lines.length < LINES; id++) {
    lines.push(
      `  Role${id}:`,
      '    Type: AWS::IAM::Role',
      '    Properties:',
      '      Policies:',
      '        - PolicyName: main # what it is for',
      '          PolicyDocument:',
      "            Version: '2012-10-17'",
      '            Statement:',
      '              - Effect: Allow',
      '                Action:',
      '                  - s3:Get*',
      "                  - 's3:PutObject'",
      '                  - dynamodb:Query # read',
      '                  - sqs:SendMessage',
      `                Resource: !Sub 'arn:aws:s3:::bucket-${id}/\${Path}'`,
      `  Bucket${id}:`,
      '    Type: AWS::S3::Bucket',
      '    Properties: {BucketName: !Ref Name, Tags: [{Key: a, Value: b}]}',
    );
  }
  return `${lines.join('\n')}\n`;
}
