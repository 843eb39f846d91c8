import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { FindingsIndex } from '../../server/src/service/findings/findingsIndex.ts';
import { readFindings } from '../../server/src/service/findings/read.ts';
import type { FileFacts } from '../../server/src/service/whose/facts.ts';
import type { Match } from '../../server/src/service/whose/match.ts';
import type { PrincipalMapping, Question } from '../../server/src/service/whose/question.ts';
import { Repository, type RepositoryOptions } from '../../server/src/service/whose/repository.ts';
import { today } from './catalogues.ts';
import { answer } from './jsonFindings.ts';

/** A row of a table: what the files of a repository say, whom findings are about, and whose a policy is. */
export interface Row {
  /** By paths below the root. */
  readonly files: Readonly<Record<string, FileFacts>>;
  /**
   * Whom there are findings about: a role, `user/…`, with an account (`222222222222:role/App`) where it is not the first, a bare
   * name (`name App`), or a file that names nobody (`roles/plain.json`).
   */
  readonly findings: readonly string[];
  /** `main.tf#/app`; where it is absent, the first policy there is. */
  readonly policy?: string;
  /** What the setting `principals` says, by its keys: `main.tf#app`. */
  readonly settings?: Readonly<Record<string, readonly string[]>>;
  /** Principals that the user named. */
  readonly named?: readonly string[];
  readonly question?: Omit<Question, 'index'>;
  readonly options?: Partial<RepositoryOptions>;
  /** `certain App + 222222222222:Other: why`, `none: why`; behind it the first line that settles it: ` → "principals": …`. */
  readonly is: RegExp;
}

/** The account of those of whom no other one is said. */
export const FIRST = '111111111111';
export const SECOND = '222222222222';
export const THIRD = '333333333333';

/** The root of the repositories. */
export const ROOT = '/ws';

/** A test a row. */
export function whoseTable(name: string, rows: Readonly<Record<string, Row>>): void {
  describe(name, () => {
    for (const [what, row] of Object.entries(rows)) test(what, () => assert.match(whose(row), row.is));
  });
}

/** Whose a row's policy is, as text. */
export function whose(row: Row): string {
  const { files, policy = firstPolicyOf(files), options } = row;
  const facts = Object.entries(files).map(([path, own]) => [`${ROOT}/${path}`, own] as const);
  const repository = new Repository(facts, { root: ROOT, ...options });
  const [path = '', pointer = ''] = policy.split('#');
  return describeMatch(repository.matchOf(`${ROOT}/${path}`, pointer, questionOf(row)));
}

/** The question that a row asks. */
export function questionOf({ findings, settings = {}, named = [], question }: Row): Question {
  const index = indexOf(findings);
  return {
    index,
    mappingsOf: (path) => mappingsOf(settings, path),
    principals: named.flatMap((name) => index.find(name)),
    ...question,
  };
}

/** A match as text. */
export function describeMatch({ kind, principals, basis, settle }: Match): string {
  const people = principals.map(({ account, name }) => ((account ?? FIRST) === FIRST ? name : `${account}:${name}`));
  const [line] = settle ?? [];
  return `${kind}${people.length > 0 ? ` ${people.join(' + ')}` : ''}: ${basis}${line ? ` → ${line.line}` : ''}`;
}

function firstPolicyOf(files: Row['files']): string {
  for (const [path, { policies }] of Object.entries(files))
    for (const { pointer } of policies) return `${path}#${pointer}`;
  throw new Error('there must be a policy');
}

function mappingsOf(settings: NonNullable<Row['settings']>, path: string): PrincipalMapping[] {
  return Object.entries(settings).flatMap(([key, principals]) => {
    const [file = '', document] = key.split('#');
    if (`${ROOT}/${file}` !== path) return [];
    return [{ key, principals, ...(document !== undefined && { document }) }];
  });
}

/** The findings about some, read of files as AWS and users write them. */
export function indexOf(findings: readonly string[]): FindingsIndex {
  return new FindingsIndex(
    findings.map((about, place) => {
      const file = `${ROOT}/${about.endsWith('.json') ? about : `findings-${place}.json`}`;
      return readFindings(JSON.stringify(findingAbout(about)), file, today);
    }),
  );
}

function findingAbout(about: string): object {
  const item = { serviceNamespace: 's3', actions: ['GetObject'] };
  if (about.endsWith('.json')) return [item];
  if (about.startsWith('name ')) return [{ ...item, roleName: about.slice('name '.length) }];
  return answer(arnOf(about), { s3: ['GetObject'] });
}

function arnOf(about: string): string {
  const [name = '', account = FIRST] = about.split(':').reverse();
  return `arn:aws:iam::${account}:${name.includes('/') ? name : `role/${name}`}`;
}
