import pc from 'picocolors';
import type { PolicyAnalysis } from '../../service/analysis.ts';
import type { NotGranted } from '../../service/reverse/reverseView.ts';
import { describeNotGranted, describeWithoutPolicy, listSome } from '../../service/reverse/wording.ts';
import { count } from '../../service/text.ts';
import { oneLine } from '../oneLine.ts';
import { type CodeFrame, codeFrame } from './codeFrame.ts';
import { describeTotals } from './describeTotals.ts';
import type { CheckedPolicy, CheckFormat, CheckFormatOptions, CheckSummary, Problem } from './format.ts';
import { describeRemedy, remedyOf } from './remedy.ts';

/** How many services of one principal, and how many actions of one service, the reverse view names. */
const MAX_SERVICES = 10;
const MAX_ACTIONS = 5;

/**
 * `check` for people and editors: a line a problem, `file:line:col  message  code`, the code with what to do about it below,
 * then the sum and the reverse view.
 */
export class TextFormat implements CheckFormat {
  readonly #colours: ReturnType<typeof pc.createColors>;

  constructor({ hasColours }: CheckFormatOptions) {
    this.#colours = pc.createColors(hasColours);
  }

  file(policies: readonly CheckedPolicy[]): string {
    return toText(policies.flatMap((checked) => [...this.#policy(checked)]));
  }

  *end({ notGranted, withoutPolicy, totals }: CheckSummary): Iterable<string> {
    const { green, yellow } = this.#colours;
    if (totals.problems > 0) yield '\n';
    yield toText([(totals.problems > 0 ? yellow : green)(describeTotals(totals))]);
    for (const view of notGranted) {
      yield toText([oneLine(describeNotGranted(view)), ...listNotGranted(view).map((line) => `  ${oneLine(line)}`)]);
    }
    if (withoutPolicy.length > 0) yield toText([oneLine(describeWithoutPolicy(withoutPolicy))]);
  }

  *#policy({ file, analysis, policy, problems }: CheckedPolicy): Iterable<string> {
    const { bold, dim } = this.#colours;
    for (const problem of problems) {
      const { code, message, line, column } = problem;
      yield `${bold(`${oneLine(file)}:${line}:${column}`)}  ${oneLine(message)}  ${dim(code)}`;
      yield* this.#frame(codeFrame(analysis.text, problem), problem, policy);
    }
  }

  *#frame({ code, at, length }: CodeFrame, problem: Problem, policy: PolicyAnalysis): Iterable<string> {
    const { cyan, yellow } = this.#colours;
    const gutter = `  ${cyan(`${' '.repeat(String(problem.line).length)} |`)} `;
    yield `  ${cyan(`${problem.line} |`)} ${code}`;
    const carets = `${gutter}${' '.repeat(at)}${yellow('^'.repeat(length))}`;
    const remedy = remedyOf(problem, policy);
    // In a block list of YAML each entry has a line and a dash of its own.
    if (remedy && remedy.entries.length > 1 && code.slice(0, at) === '- ') {
      yield `${carets} ${remedy.lead}${remedy.caution}`;
      for (const entry of remedy.entries) yield `${gutter}- ${oneLine(entry)}`;
    } else {
      const text = describeRemedy(problem, policy);
      yield text === undefined ? carets : `${carets} ${oneLine(text)}`;
    }
  }
}

function toText(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('');
}

/** What is not granted, a line a service: `s3: GetBucketAcl, PutObject and 3 others`. */
function listNotGranted({ actions, services }: NotGranted): string[] {
  const byService = new Map<string, string[]>();
  for (const action of actions) {
    const colon = action.indexOf(':');
    const service = action.slice(0, colon);
    const name = action.slice(colon + 1);
    const names = byService.get(service);
    if (names) names.push(name);
    else byService.set(service, [name]);
  }
  const lines = [
    ...[...byService].map(([service, names]) => `${service}: ${listSome(names, MAX_ACTIONS)}`),
    ...services.map((service) => `${service}: the whole service`),
  ].sort();
  const more = lines.length - MAX_SERVICES;
  return more > 0 ? [...lines.slice(0, MAX_SERVICES), `and ${count(more, 'more service')}`] : lines;
}
