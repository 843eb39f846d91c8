import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { MAX_BYTES } from '../../../server/src/repository/fileCache.ts';
import { RepositoryFiles } from '../../../server/src/repository/repositoryFiles.ts';
import type { FileState } from '../../../server/src/runtime.ts';
import { json } from '../../../server/src/service/policy/json/index.ts';
import type { PolicySyntax } from '../../../server/src/service/policy/model.ts';
import type { Syntaxes } from '../../../server/src/service/policy/syntaxes.ts';
import { hcl } from '../../support/hcl.ts';

const ROOT = 'file:///r';
const SETTINGS = { bases: { exclude: '/r', accounts: '/r' }, exclude: [], accounts: {} };

/** A template with a role of this logical id that may do something. */
function template(id: string, action = 's3:GetObject'): string {
  const document = { Statement: [{ Effect: 'Allow', Action: action, Resource: '*' }] };
  const properties = { Policies: [{ PolicyName: 'p', PolicyDocument: document }] };
  return JSON.stringify({ Resources: { [id]: { Type: 'AWS::IAM::Role', Properties: properties } } });
}

/** A repository in memory that counts what is done with it. */
class Disk {
  readonly texts = new Map<string, string>();
  readonly states = new Map<string, Partial<FileState>>();
  readonly open: TextDocument[] = [];
  reads = 0;
  stats = 0;
  parses = 0;
  readonly repositories: RepositoryFiles;

  constructor(files: Readonly<Record<string, string>>) {
    for (const [name, text] of Object.entries(files)) this.texts.set(`${ROOT}/${name}`, text);
    const syntax: PolicySyntax = {
      read: (text) => {
        this.parses++;
        return json.read(text);
      },
      facts: (text) => {
        this.parses++;
        return json.facts(text);
      },
      write: json.write,
    };
    const syntaxes = { ofFile: async () => syntax, ofLanguage: async () => syntax } as unknown as Syntaxes;
    const find = async () => [...this.texts.keys()].sort();
    const files_ = {
      find,
      findAll: find,
      readText: async (uri: string) => {
        this.reads++;
        const text = this.texts.get(uri);
        if (text === undefined) throw new Error('gone');
        return text;
      },
      realUri: async (uri: string) => uri,
      stat: async (uri: string) => {
        this.stats++;
        const text = this.texts.get(uri);
        if (text === undefined) throw new Error('gone');
        return { size: text.length, age: 1e6, modified: 0, stamp: text, isFolder: false, ...this.states.get(uri) };
      },
    };
    const runtime = { files: files_, syntaxes, loadEvidence: () => assert.fail() };
    const spelling = { pathOf: (uri: string) => uri.slice('file://'.length), keyOf: (uri: string) => uri };
    const documents = {
      all: () => this.open,
      get: (uri: string) => this.open.find((document) => document.uri === uri),
    };
    this.repositories = new RepositoryFiles(runtime, spelling, documents);
  }

  now() {
    return this.repositories.of([ROOT], SETTINGS);
  }

  /** Opens a file, or takes a newer text into it. */
  type(name: string, text: string): TextDocument {
    const document = TextDocument.create(`${ROOT}/${name}`, 'json', 1, text);
    this.close(name);
    this.open.push(document);
    return document;
  }

  close(name: string): void {
    const at = this.open.findIndex(({ uri }) => uri === `${ROOT}/${name}`);
    if (at >= 0) this.open.splice(at, 1);
  }

  write(name: string, text: string): void {
    this.texts.set(`${ROOT}/${name}`, text);
  }
}

/** The files with policies that a repository knows of. */
async function pathsIn(disk: Disk): Promise<readonly string[]> {
  return [...(await disk.now()).policies.paths].map((path) => path.slice('/r/'.length)).sort();
}

describe('A keystroke', () => {
  for (const count of [10, 1000]) {
    test(`that changes no facts makes no new repository and looks at nothing else, of ${count} files`, async () => {
      const files = Array.from({ length: count }, (_, index) => [`${index}.json`, template(`Role${index}`)]);
      const disk = new Disk(Object.fromEntries(files));
      disk.type('0.json', template('Role0'));
      const before = await disk.now();
      [disk.reads, disk.stats, disk.parses] = [0, 0, 0];
      for (const action of ['s3:Get', 's3:GetO', 's3:GetOb']) {
        disk.type('0.json', template('Role0', action));
        assert.equal(await disk.now(), before);
      }
      assert.deepEqual([disk.reads, disk.stats, disk.parses], [0, 0, 3]);
    });
  }

  test('parses a text once, for its policies and for what it says of others', async () => {
    const disk = new Disk({});
    const document = disk.type('a.json', template('Role'));
    await disk.now();
    const read = await disk.repositories.read(document);
    assert.equal(read.file?.documents.length, 1);
    assert.equal(disk.parses, 1);
  });

  test('that changes facts makes a new repository, and taking it back another', async () => {
    const disk = new Disk({ 'a.json': template('Role') });
    const before = await disk.now();
    disk.type('a.json', template('Other'));
    const after = await disk.now();
    assert.notEqual(after, before);
    assert.equal(await disk.now(), after);
    disk.close('a.json');
    assert.notEqual(await disk.now(), after);
  });
});

describe('The files of a repository', () => {
  test('that were told of while others were read are read as they are then', async () => {
    const disk = new Disk({ 'a.json': template('Role') });
    await disk.now();
    disk.write('b.json', template('Late'));
    disk.repositories.changed(`${ROOT}/b.json`, true);
    const answers = await Promise.all([disk.now(), disk.now()]);
    for (const { policies } of answers) assert.deepEqual([...policies.paths].sort(), ['/r/a.json', '/r/b.json']);
    assert.equal(answers[0], answers[1]);
  });

  test('that come, change and go are told of one by one, or with their folder', async () => {
    const disk = new Disk({ 'a.json': template('A'), 'b/c.json': template('C'), 'b/d.json': template('D') });
    assert.deepEqual(await pathsIn(disk), ['a.json', 'b/c.json', 'b/d.json']);
    disk.write('e.json', template('E'));
    disk.repositories.changed(`${ROOT}/e.json`, true);
    assert.deepEqual(await pathsIn(disk), ['a.json', 'b/c.json', 'b/d.json', 'e.json']);
    disk.texts.delete(`${ROOT}/a.json`);
    disk.repositories.changed(`${ROOT}/a.json`, true);
    for (const name of ['c', 'd']) disk.texts.delete(`${ROOT}/b/${name}.json`);
    disk.repositories.changed(`${ROOT}/b`, true);
    assert.deepEqual(await pathsIn(disk), ['e.json']);
  });

  test('are looked at where nobody tells of them', async () => {
    const disk = new Disk({ 'a.json': template('A'), 'b.json': '{}' });
    assert.deepEqual(await pathsIn(disk), ['a.json']);
    assert.equal(await disk.repositories.look(), false);
    disk.write('b.json', template('B'));
    assert.equal(await disk.repositories.look(), true);
    disk.write('c.json', template('C'));
    assert.equal(await disk.repositories.look(), true);
    assert.deepEqual(await pathsIn(disk), ['a.json', 'b.json', 'c.json']);
    disk.write('.gitignore', 'c.json\n');
    assert.equal(await disk.repositories.look(), true);
    assert.deepEqual(await pathsIn(disk), ['a.json', 'b.json']);
  });

  test('are those that git ignores neither when they are found, nor open, nor change', async () => {
    const disk = new Disk({ 'a.json': template('A'), 'x/b.json': template('B'), '.gitignore': 'x\n' });
    disk.type('x/b.json', template('B'));
    assert.deepEqual(await pathsIn(disk), ['a.json']);
    disk.repositories.changed(`${ROOT}/x/b.json`, false);
    disk.close('x/b.json');
    assert.deepEqual(await pathsIn(disk), ['a.json']);
  });

  test('are not read where they are too large or lead outside, and then not all of them was read', async () => {
    const disk = new Disk({ 'a.tf.json': '{}', 'large.tf.json': template('B'), 'link.tf.json': template('C') });
    disk.states.set(`${ROOT}/large.tf.json`, { size: MAX_BYTES + 1 });
    disk.states.set(`${ROOT}/link.tf.json`, { target: 'file:///elsewhere/c.tf.json' });
    await disk.now();
    assert.equal(disk.reads, 1);
    disk.states.set(`${ROOT}/link.tf.json`, { target: `${ROOT}/large.tf.json`, stamp: 'other' });
    assert.equal(await disk.repositories.look(), true);
    await disk.now();
    assert.equal(disk.reads, 2);
  });
});

describe('What a file says', () => {
  const TEXTS = [
    '',
    '{',
    '[]',
    template('Role'),
    '{"resource": {"aws_iam_role": {"app": {"name": "App"}}}}',
    'resource "aws_iam_role" "app" {\n  name = "App"\n}\n',
    'data "aws_iam_policy_document" "d" {\n  statement {\n    actions = ["s3:*"]\n  }\n}\n',
    'Resources:\n  Role:\n    Type: AWS::IAM::Role\n',
    'Statement:\n  - Effect: Allow\n    Action: "*"\n',
    `${'['.repeat(5000)}"Statement"${']'.repeat(5000)}`,
  ];

  test('is the same from the parse that reads its policies as from one of its own', async () => {
    const { yaml } = await import('../../../server/src/service/policy/yaml/index.ts');
    const { tfjson } = await import('../../../server/src/service/policy/tfjson/index.ts');
    for (const [name, syntax] of Object.entries({ json, tfjson, yaml, hcl }) as [string, PolicySyntax][])
      for (const text of TEXTS) {
        const own = syntax.read(text).facts?.();
        if (own) assert.deepEqual(own, syntax.facts(text), `${name} ${text.slice(0, 50)}`);
      }
  });
});
