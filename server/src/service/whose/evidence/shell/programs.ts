import { afterStart, literalWord, startOfWord, type Word } from './words.ts';

/** A program that a command runs, without what is set up around it. */
export interface Invocation {
  /** Its name, and those of its subcommands: `aws iam put-role-policy`. */
  readonly name: string;
  readonly options: Options;
}

/** The options of a command, and what stands beside them. */
export interface Options {
  /** The values of an option under any of these names, without their dashes; of one without a value, none. */
  all(...names: readonly string[]): readonly Word[] | undefined;
  /** The first value of an option under any of these names. */
  one(...names: readonly string[]): Word | undefined;
  /** What stands before the options, and behind those whose value stands behind `=`. */
  readonly operands: readonly Word[];
}

/** So far from its start, a command may name the program that it is about: `docker run -v … image terraform apply`. */
const MAX_PREFIX = 16;

/** What only says the words behind it, or installs them. */
const SAYING = /^(?:echo|printf|which|type|man|brew|apt|apt-get|yum|pip|pip3|npm|choco|grep|rg)$/;

/** Options before the service in a command of AWS's, that take a value. */
const AWS_VALUES =
  /^--(?:profile|region|output|endpoint-url|query|color|ca-bundle|cli-read-timeout|cli-connect-timeout|cli-binary-format)$/;

const TERRAFORM = /^(?:terraform|tofu|terragrunt)$/;
const SERVERLESS = /^(?:serverless|sls|osls)(?:@[\w.-]+)?$/;

/** The program that the words of a command run, where it is one of those that put policies in or deploy code. */
export function invocationIn(words: readonly Word[]): Invocation | undefined {
  const names = words.map((word) => programName(literalWord(word)));
  if (SAYING.test(names[0] ?? '') && !(names[0] === 'npm' && /^(?:exec|x|run)$/.test(names[1] ?? ''))) return undefined;
  for (let at = 0; at < Math.min(words.length, MAX_PREFIX); at++) {
    const name = names[at] ?? '';
    if (name === 'aws' || (at === 0 && literalWord(words[0]) === undefined)) {
      const found = awsInvocation(words, at + 1);
      if (found) return found;
    }
    if (name === 'sam' && names[at + 1] !== undefined) return invocation(`sam ${names[at + 1]}`, words.slice(at + 2));
    if (SERVERLESS.test(name) && names[at + 1] !== undefined)
      return invocation(`serverless ${names[at + 1]}`, words.slice(at + 2));
    if (name === 'rain' && names[at + 1] === 'deploy') return invocation('rain deploy', words.slice(at + 2));
    if (TERRAFORM.test(name)) return invocation('terraform', words.slice(at + 1));
  }
  return undefined;
}

/** `/usr/local/bin/aws` and `aws.exe` are `aws`. */
function programName(word: string | undefined): string | undefined {
  return word?.slice(word.lastIndexOf('/') + 1).replace(/^[@+-]+|\.(?:exe|cmd)$/g, '');
}

function awsInvocation(words: readonly Word[], start: number): Invocation | undefined {
  let at = start;
  for (; startOfWord(words[at] ?? []).startsWith('--'); at++) if (AWS_VALUES.test(literalWord(words[at]) ?? '')) at++;
  const [service, operation] = [words[at], words[at + 1]].map(literalWord);
  if (service === undefined || operation === undefined || !/^[a-z][a-z0-9-]+$/.test(service)) return undefined;
  return invocation(`aws ${service} ${operation}`, words.slice(at + 2));
}

function invocation(name: string, words: readonly Word[]): Invocation {
  return { name, options: new GivenOptions(words) };
}

class GivenOptions implements Options {
  readonly operands: Word[] = [];
  readonly #options = new Map<string, Word[]>();

  constructor(words: readonly Word[]) {
    let values = this.operands;
    for (const word of words) {
      const name = /^--?([A-Za-z][\w-]*)(=?)/.exec(startOfWord(word));
      if (!name) {
        values.push(word);
        continue;
      }
      const [all, key = '', equals] = name;
      // `--stage=prod`, Terraform's `-var-file=x`.
      const isWhole = startOfWord(word).length === all.length && word.length === 1;
      if (!equals && !isWhole) {
        values.push(word);
        continue;
      }
      values = this.#options.get(key) ?? [];
      this.#options.set(key, values);
      if (!equals) continue;
      values.push(afterStart(word, all.length));
      values = this.operands;
    }
  }

  all(...names: readonly string[]): readonly Word[] | undefined {
    const found = names.flatMap((name) => this.#options.get(name) ?? []);
    return found.length > 0 || names.some((name) => this.#options.has(name)) ? found : undefined;
  }

  one(...names: readonly string[]): Word | undefined {
    return this.all(...names)?.[0];
  }
}
