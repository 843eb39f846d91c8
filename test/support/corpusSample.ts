import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { today } from './catalogues.ts';
import { type ManagedPolicy, managedPolicies, random, randomUnused } from './corpus.ts';

const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
const SEED = Number(process.env.CORPUS_SEED ?? 20_241_120);
const SIZE = 40;
const BOM = '\uFEFF';

/** The findings file of the sample. */
export const FINDINGS = 'sample.findings.json';

/** Policies that AWS publishes, findings at random about roles of their names, and what the command line makes of them. */
export interface CorpusSample {
  /** The texts of the policies by the names of their files: in many layouts. */
  readonly policies: Readonly<Record<string, string>>;
  /** The text of `FINDINGS`. */
  readonly findings: string;
  /** What `refine --write` leaves in each file. */
  readonly refined: Readonly<Record<string, string>>;
}

/** Draws the sample: the same one each time. No policy in it outgrows its quota, because an editor would ask first. */
export function drawCorpusSample(): CorpusSample {
  const next = random(SEED);
  const drawn = managedPolicies()
    .map((policy) => ({ policy, at: next() }))
    .sort((a, b) => a.at - b.at)
    .slice(0, 2 * SIZE)
    .map(({ policy }) => policy);
  const findings = JSON.stringify(drawn.map((policy) => findingOf(policy, next)));
  const policies = Object.fromEntries(drawn.map(({ name, document }, at) => [`${name}.json`, layOut(document, at)]));
  const { refined, outgrown } = refineByCommandLine(policies, findings);
  const chosen = Object.keys(policies)
    .filter((file) => !outgrown.has(file))
    .slice(0, SIZE);
  const only = (texts: Readonly<Record<string, string>>) =>
    Object.fromEntries(chosen.map((file) => [file, texts[file] ?? '']));
  return { policies: only(policies), findings, refined: only(refined) };
}

/** A text as an editor shows it. */
export function withoutMark(text: string): string {
  return text.startsWith(BOM) ? text.slice(BOM.length) : text;
}

function findingOf(policy: ManagedPolicy, next: () => number): object {
  return {
    id: policy.name,
    resource: `arn:aws:iam::123456789012:role/${policy.name}`,
    resourceType: 'AWS::IAM::Role',
    status: 'ACTIVE',
    findingType: 'UnusedPermission',
    findingDetails: Object.entries(randomUnused(policy, today, next(), next)).map(([serviceNamespace, names]) => ({
      unusedPermissionDetails: { serviceNamespace, actions: [...names].map((action) => ({ action })) },
    })),
  };
}

/** Writes a policy as one of the many who write policies would. */
function layOut(document: object, at: number): string {
  const text = `${JSON.stringify(document, null, [4, 2, '\t', 0][at % 4])}${at % 2 === 0 ? '\n' : ''}`;
  return `${at % 5 === 0 ? BOM : ''}${at % 3 === 0 ? text.replaceAll('\n', '\r\n') : text}`;
}

function refineByCommandLine(policies: Readonly<Record<string, string>>, findings: string) {
  const folder = mkdtempSync(path.join(tmpdir(), 'iam-policy-refiner-'));
  const refine = (option: string) => {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [CLI, 'refine', 'policies', '-f', FINDINGS, option],
      { cwd: folder, encoding: 'utf8', maxBuffer: 2 ** 30 },
    );
    if (status !== 0) throw new Error(stderr);
    return stdout;
  };
  try {
    mkdirSync(path.join(folder, 'policies'));
    writeFileSync(path.join(folder, FINDINGS), findings);
    for (const [file, text] of Object.entries(policies)) writeFileSync(path.join(folder, 'policies', file), text);
    const results = refine('--json')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line));
    const outgrown = results.filter(({ size }) => size.after > size.quota).map(({ file }) => path.basename(file));
    refine('--write');
    const refined = Object.keys(policies).map((file) => [
      file,
      readFileSync(path.join(folder, 'policies', file), 'utf8'),
    ]);
    return { refined: Object.fromEntries(refined) as Record<string, string>, outgrown: new Set(outgrown) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
