import pc from 'picocolors';
import type { PolicyAnalysis } from '../../service/analysis.ts';
import type { NotGranted } from '../../service/reverse/reverseView.ts';
import { describeNotGranted, describeWithoutPolicy, listSome } from '../../service/reverse/wording.ts';
import { count } from '../../service/text.ts';
import type { BufferedOutput } from '../bufferedOutput.ts';
import { oneLine } from '../oneLine.ts';
import { type CodeFrame, codeFrame } from './codeFrame.ts';
import type { CheckedPolicy, CheckFormat, CheckSummary, Problem } from './format.ts';
import { describeRemedy, remedyOf } from './remedy.ts';
import { describeTotals } from './totals.ts';

/** How many services of one principal, and how many actions of one service, the reverse view names. */
const MAX_SERVICES = 10;
const MAX_ACTIONS = 5;

/**
 * `check` for people and editors: a line a problem, `file:line:col  message  code`, the code with what to do about it below,
 * then the sum and the reverse view.
 */
export class TextFormat implements CheckFormat {
  readonly #out: BufferedOutput;
  readonly #colours: ReturnType<typeof pc.createColors>;

  constructor(out: BufferedOutput) {
    this.#out = out;
    this.#colours = pc.createColors(out.isTerminal && pc.isColorSupported);
  }

  policy({ file, analysis, policy, problems }: CheckedPolicy): void {
    const { bold, dim } = this.#colours;
    for (const problem of problems) {
      const { code, message, line, column } = problem;
      this.#line(`${bold(`${oneLine(file)}:${line}:${column}`)}  ${oneLine(message)}  ${dim(code)}`);
      this.#frame(codeFrame(analysis.text, problem), problem, policy);
    }
  }

  end({ notGranted, withoutPolicy, totals }: CheckSummary): void {
    const { green, yellow } = this.#colours;
    if (totals.problems > 0) this.#line('');
    this.#line((totals.problems > 0 ? yellow : green)(describeTotals(totals)));
    for (const view of notGranted) {
      this.#line(oneLine(describeNotGranted(view)));
      for (const line of listNotGranted(view)) this.#line(`  ${oneLine(line)}`);
    }
    if (withoutPolicy.length > 0) this.#line(oneLine(describeWithoutPolicy(withoutPolicy)));
  }

  #frame({ code, at, length }: CodeFrame, problem: Problem, policy: PolicyAnalysis): void {
    const { cyan, yellow } = this.#colours;
    const gutter = `  ${cyan(`${' '.repeat(String(problem.line).length)} |`)} `;
    this.#line(`  ${cyan(`${problem.line} |`)} ${code}`);
    const carets = `${gutter}${' '.repeat(at)}${yellow('^'.repeat(length))}`;
    const remedy = remedyOf(problem, policy);
    // In a block list of YAML each entry has a line and a dash of its own.
    if (remedy && remedy.entries.length > 1 && code.slice(0, at) === '- ') {
      this.#line(`${carets} ${remedy.lead}${remedy.caution}`);
      for (const entry of remedy.entries) this.#line(`${gutter}- ${oneLine(entry)}`);
    } else {
      const text = describeRemedy(problem, policy);
      this.#line(text === undefined ? carets : `${carets} ${oneLine(text)}`);
    }
  }

  #line(text: string): void {
    this.#out.write(`${text}\n`);
  }
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
