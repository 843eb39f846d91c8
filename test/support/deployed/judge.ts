import { FindingsIndex } from '../../../server/src/service/findings/findingsIndex.ts';
import { readFindings } from '../../../server/src/service/findings/read.ts';
import { json } from '../../../server/src/service/policy/json/index.ts';
import type { PolicyFile, PolicySyntax } from '../../../server/src/service/policy/model.ts';
import { tfjson } from '../../../server/src/service/policy/tfjson/index.ts';
import { yaml } from '../../../server/src/service/policy/yaml/index.ts';
import { readEvidence } from '../../../server/src/service/whose/evidence/evidence.ts';
import { type FileFacts, NO_FACTS } from '../../../server/src/service/whose/facts.ts';
import type { Match } from '../../../server/src/service/whose/match.ts';
import { Repository } from '../../../server/src/service/whose/repository.ts';
import { today } from '../catalogues.ts';
import { hcl } from '../hcl.ts';
import { answer } from '../jsonFindings.ts';
import { complaintAbout } from './basis.ts';
import { GRANTED } from './document.ts';
import { holdersInDetails } from './otherTexts.ts';
import { deploy, type Reality, type RealPrincipal } from './simulate.ts';
import { textsOf } from './texts.ts';
import { isTraced } from './traces.ts';
import { drawUse, type Report, type Use } from './use.ts';
import type { World } from './world.ts';

/** What came of one policy. */
export interface Judgement {
  readonly policy: string;
  readonly kind: Match['kind'];
  readonly basis: string;
  /** Whether somebody who has the policy would lose what they use. */
  readonly isWrong: boolean;
  /** Whether all who have it have findings, so that a useful answer could be given. */
  readonly couldBe: boolean;
  /** What is wrong with an answer that is certain; `undefined` for nothing. */
  readonly complaint: string | undefined;
  /** For a message. */
  readonly files: readonly string[];
  readonly about: readonly string[];
  readonly holders: readonly string[];
  readonly explain: () => readonly string[];
}

const ROOT = '/ws';

/** Writes a repository, deploys it, and compares what the product says of its policies with what is true. */
export function judge(world: World): { readonly isTraced: boolean; readonly judgements: readonly Judgement[] } {
  const reality = deploy(world);
  const use = drawUse(world, reality);
  const texts = textsOf(world, reality);
  const read = [...texts].map(([path, text]) => [path, text, readFile(path, text)] as const);
  const repository = new Repository(
    read.map(([path, , file]) => [`${ROOT}/${path}`, file.facts] as const),
    { root: ROOT },
  );
  const index = indexOf(use.reports);
  const holders = new Map([...reality.holders, ...holdersInDetails(world, reality)]);
  const files = read.map(([path, text]) => `--- ${path}\n${text}`);
  const about = use.reports.map(describeReport);
  const judgements = read.flatMap(([path, text, { documents }]) =>
    documents.flatMap(({ pointer, start, end }): Judgement[] => {
      const [mark] = /mark-of-[\w-]+|listed-[\w-]+/.exec(text.slice(start, end)) ?? [];
      if (mark === undefined) return [];
      const standing = repository.standingOf(`${ROOT}/${path}`, pointer);
      if (standing?.kind !== 'identity') return [];
      const match = repository.matchOf(`${ROOT}/${path}`, pointer, { index });
      const own = [...(holders.get(`${path}#${mark}`) ?? [])];
      const removed = removedBy(match, use);
      const loser = own.find((principal) => removed.some((action) => use.used.get(principal)?.has(action)));
      const wrong = loser && `${loser.arn} loses what it uses: ${match.kind}, ${match.basis}`;
      return [
        {
          policy: `${path}#${mark}`,
          kind: match.kind,
          basis: match.basis,
          isWrong: loser !== undefined,
          couldBe:
            own.length > 0 &&
            own.every((principal) =>
              use.reports.some((report) => report.principal === principal && report.by === 'arn'),
            ),
          complaint: match.kind === 'certain' ? (wrong ?? complaintAbout(match, own, reality, path)) : undefined,
          files,
          about,
          holders: own.map(({ arn }) => arn),
          explain: () => repository.explain(`${ROOT}/${path}`, pointer, { index }),
        },
      ];
    }),
  );
  return { isTraced: isTraced(world, reality), judgements };
}

interface Read {
  readonly facts: FileFacts;
  readonly documents: PolicyFile['documents'];
}

/** Many texts come again and again. */
const known = new Map<string, Read>();

function readFile(path: string, text: string): Read {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const evidence = readEvidence(`${ROOT}/${path}`, text);
  if (evidence) return { facts: evidence, documents: [] };
  const key = `${name} ${text}`;
  let read = known.get(key);
  if (!read) {
    const syntax = syntaxOf(name);
    const facts = syntax?.facts?.(text) ?? NO_FACTS;
    read = { facts, documents: (facts.policies.length > 0 && syntax?.read(text).documents) || [] };
    known.set(key, read);
  }
  return read;
}

function syntaxOf(name: string): PolicySyntax | undefined {
  if (name.endsWith('.tf.json')) return tfjson;
  if (name.endsWith('.json')) return json;
  if (name.endsWith('.yaml')) return yaml;
  return name.endsWith('.tf') ? hcl : undefined;
}

function indexOf(reports: readonly Report[]): FindingsIndex {
  return new FindingsIndex(
    reports.map((report, place) => {
      const { principal, unused, by } = report;
      const actions = unused.map((action) => action.replace('s3:', ''));
      const file = `${ROOT}/${typeof by === 'object' ? `${by.folder}/` : ''}findings-${place}.json`;
      const item = { serviceNamespace: 's3', actions };
      const value =
        by === 'arn'
          ? answer(principal.arn, { s3: actions })
          : by === 'name'
            ? [{ ...item, [`${principal.kind}Name`]: principal.name }]
            : [item];
      return readFindings(JSON.stringify(value), file, today);
    }),
  );
}

/** What an answer takes away where it applies: what all of its principals leave unused. */
function removedBy({ kind, principals }: Match, { reports }: Use): readonly string[] {
  if (kind !== 'certain' && kind !== 'likely') return [];
  const unnamed = reports.filter(({ by }) => typeof by === 'object');
  const own =
    principals.length === 0
      ? unnamed.map((report) => [report])
      : principals.map(({ arn, name }) =>
          reports.filter(({ principal, by }) =>
            by === 'name' ? principal.name.toLowerCase() === name.toLowerCase() : by === 'arn' && principal.arn === arn,
          ),
        );
  return GRANTED.filter((action) =>
    own.every((all) => all.length > 0 && all.every(({ unused }) => unused.includes(action))),
  );
}

function describeReport({ principal: { arn, name }, unused, by }: Report): string {
  const whom = by === 'arn' ? arn : by === 'name' ? `the name ${name}` : `nobody (${arn}) in '${by.folder}'`;
  return `${whom} leaves ${unused.join(', ')} unused`;
}

export type { Reality, RealPrincipal };
