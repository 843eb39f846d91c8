import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { baseScopes, coloured, readRepositoryFile } from './harness.ts';

for (const base of baseScopes) {
  describe(`strings in ${base}`, () => {
    const actions: Record<string, string> = {
      's3:GetObject': '[service s3][separator :][action GetObject]',
      's3:Get*Tag?': '[service s3][separator :][action Get][wildcard *][action Tag][wildcard ?]',
      's3:*': '[service s3][separator :][wildcard *]',
      's3:': '[service s3][separator :]',
      's*-x:y': '[service s][wildcard *][service -x][separator :][action y]',
      '*:*': '[wildcard *][separator :][wildcard *]',
      '*': '[wildcard *]',
      s3: '',
      ':Get': '',
      's3:Get:Object': '',
      's3:Get Object': '',
      ' s3:GetObject': '',
      's3:Get.Object': '',
      '"s3:GetObject': '',
      'http://x': '',
      'arn:aws:iam': '[arn arn][separator :][partition aws][separator :][service iam]',
    };
    for (const [value, expected] of Object.entries(actions)) {
      test(`action '${value}'`, async () => {
        const json = JSON.stringify(value);
        assert.equal(await coloured(`{"Action": ${json}}`, base), expected);
        assert.equal(await coloured(`{"NotAction": [${json}, ${json}]}`, base), expected + expected);
        assert.equal(await coloured(`{"actions": [${json}], "not_actions": [${json}]}`, base), expected + expected);
        assert.equal(await coloured(`{"Action":\n[\n${json},\n${json}\n]\n}`, base), expected + expected);
      });
    }

    const arns: Record<string, string> = {
      arn: '',
      'arn:': '[arn arn][separator :]',
      'arn:aws': '[arn arn][separator :][partition aws]',
      'arn:aws:s3': '[arn arn][separator :][partition aws][separator :][service s3]',
      'arn:aws:s3:::':
        '[arn arn][separator :][partition aws][separator :][service s3][separator :][separator :][separator :]',
      'arn:aws:sns:us-*:1:a:b c':
        '[arn arn][separator :][partition aws][separator :][service sns][separator :][region us-][wildcard *]' +
        '[separator :][account 1][separator :][resource a:b c]',
      'arn:${AWS::Partition}:s3:::${B}':
        '[arn arn][separator :][bracket ${][policy-variable AWS::Partition][bracket }][separator :][service s3]' +
        '[separator :][separator :][separator :][bracket ${][policy-variable B][bracket }]',
      'arn:aws:s3:::${open/*':
        '[arn arn][separator :][partition aws][separator :][service s3][separator :][separator :][separator :]' +
        '[resource ${open/][wildcard *]',
      'arn:$x:s3': '[arn arn][separator :][partition $][partition x][separator :][service s3]',
      'arn:aws:sqs::1:arn:aws':
        '[arn arn][separator :][partition aws][separator :][service sqs][separator :][separator :][account 1][separator :]' +
        '[resource arn:aws]',
      'arn:aws in prose: x': '[arn arn][separator :][partition aws]',
      'arn: in prose': '',
      'an arn:aws:s3:::bucket in prose': '',
      'xarn:aws:s3:::bucket': '',
    };
    for (const [value, expected] of Object.entries(arns)) {
      test(`ARN '${value}'`, async () => {
        assert.equal(await coloured(`["x", ${JSON.stringify(value)}]`, base), expected);
      });
    }

    const patterns: Record<string, string> = {
      '*': '[wildcard *]',
      'a?/*': '[wildcard ?][wildcard *]',
      '${a.b:c}*': '[bracket ${][policy-variable a.b:c][bracket }][wildcard *]',
      '${*}${?}${$}${}': '[escape ${*}][escape ${?}][escape ${$}]',
      '123456789012': '[account 123456789012]',
      '1234567890123': '',
      'a/123456789012': '',
      's3.amazonaws.com': '[service s3]',
      'logs.eu-west-1.amazonaws.com.cn': '[service logs]',
      'x.s3.example.com': '',
      's3.amazonaws.com/x': '',
      's3:GetObject': '',
      'http://x': '',
    };
    for (const [value, expected] of Object.entries(patterns)) {
      test(`pattern '${value}'`, async () => {
        const json = JSON.stringify(value);
        assert.equal(await coloured(`{"Resource": ${json}}`, base), expected);
        assert.equal(await coloured(`{"NotPrincipal": {"AWS": [${json}]}}`, base), expected);
        assert.equal(await coloured(`{"ForAllValues:ArnLikeIfExists" : {"x:y": ${json}}}`, base), expected);
      });
    }

    const variables: Record<string, string> = {
      '${aws:username}': '[bracket ${][policy-variable aws:username][bracket }]',
      'a${aws:PrincipalTag/team}b': '[bracket ${][policy-variable aws:PrincipalTag/team][bracket }]',
      "${aws:PrincipalTag/team, 'none'}":
        "[bracket ${][policy-variable aws:PrincipalTag/team][separator ,][default 'none'][bracket }]",
      '${!aws:username}': '[bracket ${!][policy-variable aws:username][bracket }]',
      '${www.amazon.com:user_id}': '[bracket ${][policy-variable www.amazon.com:user_id][bracket }]',
      '${aws:username': '',
      '${aws}': '',
      '$aws:username': '',
      '${env:HOME}': '',
      '${config:editor.fontSize}': '',
      '${workspaceFolder:main}/bin': '',
      '${self:custom.x}': '',
      '${AWS::StackName}-*': '',
      '${{ github.ref }}': '',
    };
    for (const [value, expected] of Object.entries(variables)) {
      test(`variable '${value}'`, async () => {
        assert.equal(await coloured(`{"x": ${JSON.stringify(value)}}`, base), expected);
      });
    }

    const plain = [
      'http://example.com',
      'https://example.com:8080/a?b=*',
      'node:fs',
      '12:30',
      '2026-01-01T12:30:00Z',
      'localhost:8080',
      'npm:foo',
      'npm:foo@1.2.3',
      'urn:x',
      'C:\\dir',
      'C:dir',
      'foo: bar baz',
      's3:GetObject',
      'aws:SecureTransport',
      'file:*',
      '*',
      '**/*.ts',
      'what?',
      '123456789012',
      'lambda.amazonaws.com',
      '${HOME}/*',
      '$ref:x',
      '@scope/name',
      '',
    ];
    for (const value of plain) {
      test(`'${value}' is an ordinary string`, async () => {
        const json = JSON.stringify(value);
        const around = [
          `${json}`,
          `[${json}, ${json}]`,
          `{"x": ${json}, ${json}: ${json}}`,
          // Element names are case-sensitive, and only whole names count.
          `{"action": ${json}, "Actions": [${json}], "NotAction2": ${json}, "resource": ${json}, "Effect": ${json}}`,
          `{"Action": 1, "x": ${json}}`,
          `{"Action": [], "Resource": "", "x": ${json}}`,
          `{"Action": true, "x": [${json}]}`,
          `{"x": ["Action", ${json}]}`,
          `{"x": "Action", "y": ${json}}`,
          `{"Action": {"Type": ${json}, ${json}: 1}, "x": ${json}}`,
        ];
        for (const text of around) {
          assert.equal(await coloured(text, base), '', text);
        }
      });
    }
  });
}

test('Ordinary JSON files have no colour of ours', async () => {
  for (const [path, base] of [
    ['package.json', 'source.json'],
    ['tsconfig.json', 'source.json.comments'],
    ['node_modules/typescript/package.json', 'source.json'],
    ['package-lock.json', 'source.json'],
  ] as const) {
    assert.equal(await coloured(readRepositoryFile(path), base), '', path);
  }
});
