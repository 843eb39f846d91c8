import { shellWord } from '../shell.ts';

/** A finding whose actions are still to be fetched. */
export interface WantedFinding {
  readonly id: string;
  /** ARN of its analyzer, where the export tells. */
  readonly analyzer?: string;
}

/** The file that the commands write: the default globs of findings files find it. */
const OUTPUT = 'unused-access.findings.json';

/** So many findings get a command each; more are fetched by a loop over their ids. */
const MAX_SINGLE = 10;

/** So many ids go into one loop; for more the loop asks AWS for them. */
const MAX_IDS = 200;

/**
 * The commands that fetch findings with their actions into one file. What of an export is not safe in a shell is left out.
 * Where the analyzer is unknown, the first command lists the analyzers and the others have a placeholder for its ARN.
 */
export function fetchCommands(wanted: readonly WantedFinding[]): string[] {
  const byAnalyzer = new Map<string | undefined, Set<string>>();
  for (const { id, analyzer } of wanted) {
    const safeId = shellWord(id);
    if (safeId === undefined) continue;
    const arn = analyzer !== undefined && ANALYZER.test(analyzer) ? analyzer : undefined;
    const ids = byAnalyzer.get(arn) ?? new Set();
    byAnalyzer.set(arn, ids.add(safeId));
  }
  const fetches = [...byAnalyzer].flatMap(([arn, ids]) => fetchAll(arn, [...ids]));
  return byAnalyzer.has(undefined) ? [LIST_ANALYZERS, ...fetches] : fetches;
}

/** The command that lists the findings about one resource, to get their ids. */
export function listCommands(resource: string | undefined): string[] {
  const arn = shellWord(resource) === undefined ? '<role-arn>' : resource;
  const filter = `'{"resource": {"eq": ["${arn}"]}}'`;
  return [LIST_ANALYZERS, `aws accessanalyzer list-findings-v2 ${options(undefined)} --filter ${filter}`];
}

const LIST_ANALYZERS = "aws accessanalyzer list-analyzers --query 'analyzers[].[type, arn]' --output text";

const ANALYZER = /^arn:[\w-]+:access-analyzer:([\w-]+):\d{12}:analyzer\/[\w.-]{1,255}$/;

function fetchAll(analyzer: string | undefined, ids: readonly string[]): string[] {
  const get = (id: string) => `aws accessanalyzer get-finding-v2 ${options(analyzer)} --id ${id}`;
  if (ids.length <= MAX_SINGLE) return ids.map((id) => `${get(id)} >> ${OUTPUT}`);
  const list = ids.length <= MAX_IDS ? ids.join(' ') : `$(${listIds(analyzer)})`;
  return [`for id in ${list}; do ${get('"$id"')}; done >> ${OUTPUT}`];
}

function listIds(analyzer: string | undefined): string {
  const filter = `'{"status": {"eq": ["ACTIVE"]}, "findingType": {"eq": ["UnusedPermission", "UnusedIAMRole"]}}'`;
  return `aws accessanalyzer list-findings-v2 ${options(analyzer)} --filter ${filter} --query 'findings[].id' --output text`;
}

/** An analyzer knows only its own region, which may be another than the user's usual one. */
function options(analyzer: string | undefined): string {
  const region = ANALYZER.exec(analyzer ?? '')?.[1];
  return region === undefined ? "--analyzer-arn '<analyzer-arn>'" : `--analyzer-arn ${analyzer} --region ${region}`;
}
