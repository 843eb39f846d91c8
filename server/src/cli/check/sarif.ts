import { createHash } from 'node:crypto';
import type { ArtifactLocation, Fix, Region, Result, Run } from 'sarif';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { version } from '../../../../package.json';
import { oneLine } from '../oneLine.ts';
import { artifactUri } from './artifactUri.ts';
import { fixOfMark } from './fixOfMark.ts';
import type { CheckedPolicy, CheckFormat, CheckFormatOptions, Place, Problem } from './format.ts';
import { placeOf } from './place.ts';
import { identify, keyOfIdentity } from './problemIdentity.ts';
import { describeRemedy } from './remedy.ts';
import { RULE_IDS, sarifRules } from './sarifRules.ts';

/** SARIF's name for what relative URIs are relative to. */
const BASE = '%SRCROOT%';

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';

const LEVELS = { error: 'error', warning: 'warning', information: 'note', hint: 'note' } as const;

/**
 * `check --format sarif`: the Static Analysis Results Interchange Format 2.1.0
 * (https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html), which code scanning services and editors read. A line a
 * result.
 */
export class SarifFormat implements CheckFormat {
  readonly list: string;
  readonly #level: (typeof LEVELS)[keyof typeof LEVELS];

  constructor({ severity }: CheckFormatOptions) {
    this.#level = LEVELS[severity];
    this.list = beginLog(this.#level);
  }

  file(policies: readonly CheckedPolicy[]): string {
    const fingerprints = new Fingerprints();
    let document: TextDocument | undefined;
    const results = policies.flatMap((checked) => {
      const artifactLocation = locate(checked.file);
      return checked.problems.map((problem) => {
        document ??= TextDocument.create('', '', 0, checked.analysis.text);
        return this.#result(checked, problem, artifactLocation, document, fingerprints);
      });
    });
    return results.map((result) => JSON.stringify(result)).join(',\n');
  }

  *end(): Iterable<string> {
    yield '\n]}]}\n';
  }

  #result(
    { analysis, policy }: CheckedPolicy,
    problem: Problem,
    artifactLocation: ArtifactLocation,
    document: TextDocument,
    fingerprints: Fingerprints,
  ): Result {
    const remedy = describeRemedy(problem, policy);
    const fix = fixOfMark(analysis, policy, problem);
    const identity = identify(policy, problem);
    return {
      ruleId: problem.code,
      ruleIndex: RULE_IDS.indexOf(problem.code),
      level: this.#level,
      message: { text: plainText(remedy === undefined ? problem.message : `${problem.message}: ${remedy}`) },
      locations: [
        {
          physicalLocation: { artifactLocation, region: toRegion(problem) },
          logicalLocations: [{ fullyQualifiedName: problem.pointer || '/' }],
        },
      ],
      partialFingerprints: { 'iamPolicyRefiner/v1': fingerprints.of(artifactLocation, keyOfIdentity(identity)) },
      ...(fix && { fixes: [toFix(fix, artifactLocation, document)] }),
    };
  }
}

/** The log up to its first result. */
function beginLog(level: (typeof LEVELS)[keyof typeof LEVELS]): string {
  const run: Omit<Run, 'results'> = {
    tool: { driver: { name: 'IAM Policy Refiner', version, semanticVersion: version, rules: sarifRules(level) } },
    columnKind: 'utf16CodeUnits',
    originalUriBaseIds: { [BASE]: { description: { text: 'The folder in which iam-policy-refiner was run.' } } },
  };
  const head = JSON.stringify({ $schema: SCHEMA, version: '2.1.0', runs: [run] });
  return `${head.slice(0, -'}]}'.length)},"results":[`;
}

/** Made of what does not change when lines move; those of a file that are the same are counted. */
class Fingerprints {
  /** How often a fingerprint was given. */
  readonly #seen = new Map<string, number>();

  of({ uri }: ArtifactLocation, key: string): string {
    const hash = createHash('sha256')
      .update(JSON.stringify([uri, key]))
      .digest('hex')
      .slice(0, 32);
    const times = (this.#seen.get(hash) ?? 0) + 1;
    this.#seen.set(hash, times);
    return `${hash}:${times}`;
  }
}

function locate(file: string): ArtifactLocation {
  const { uri, isRelative } = artifactUri(file);
  return isRelative ? { uri, uriBaseId: BASE } : { uri };
}

/** A message without what SARIF takes for placeholders and links (sections 3.11.5 and 3.11.6), which an entry may contain. */
function plainText(text: string): string {
  return oneLine(text)
    .replace(/[[\]\\]/g, '\\$&')
    .replace(/[{}]/g, '$&$&');
}

function toRegion({ line, column, endLine, endColumn }: Place): Region {
  return { startLine: line, startColumn: column, endLine, endColumn };
}

function toFix(
  { title, changes }: NonNullable<ReturnType<typeof fixOfMark>>,
  artifactLocation: ArtifactLocation,
  document: TextDocument,
): Fix {
  const replacements = changes.map((change) => ({
    deletedRegion: toRegion(placeOf(document, change)),
    insertedContent: { text: change.text },
  }));
  return { description: { text: title }, artifactChanges: [{ artifactLocation, replacements }] };
}
