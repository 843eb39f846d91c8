import type { JsonPlace } from '../../../json/locate.ts';
import { count } from '../../../text.ts';
import type { Finding } from '../../finding.ts';
import type { JsonObject } from '../shape.ts';
import { shellWord } from '../shell.ts';
import type { Item, Reading, Source } from '../source.ts';
import { fetchCommands, type WantedFinding } from './fetchCommands.ts';

/** The types of findings that name actions, or whole services, once they are fetched. */
const WITH_ACTIONS = ['UnusedPermission', 'UnusedIAMRole'];

/** Whether a finding is worth fetching, by what its summary says. What it does not say may be. */
export function isWanted(type: string | undefined, status: string | undefined): boolean {
  return (type === undefined || WITH_ACTIONS.includes(type)) && (status ?? 'ACTIVE') === 'ACTIVE';
}

/** Reads an export that names findings and no actions. One message a file: its findings may be thousands. */
export class WithoutActionsReading implements Reading {
  readonly #what: string;
  readonly #wantedIn: (item: Item<JsonObject>) => Iterable<WantedFinding>;
  readonly #source: Source;
  readonly #wanted: WantedFinding[] = [];
  #first: JsonPlace | undefined;

  /** @param wantedIn the findings of an item that are worth fetching */
  constructor(what: string, wantedIn: (item: Item<JsonObject>) => Iterable<WantedFinding>, source: Source) {
    this.#what = what;
    this.#wantedIn = wantedIn;
    this.#source = source;
  }

  add(item: Item<JsonObject>): void {
    this.#first ??= item.place;
    for (const wanted of this.#wantedIn(item)) this.#wanted.push(wanted);
  }

  finish(): Finding[] {
    if (this.#first) reportWithoutActions(this.#what, this.#wanted, this.#first, this.#source);
    return [];
  }
}

/** Says of an export that names no actions what to run instead. */
function reportWithoutActions(what: string, wanted: readonly WantedFinding[], at: JsonPlace, source: Source): void {
  const code = 'findings-without-actions';
  const safe = wanted.filter(({ id }) => shellWord(id) !== undefined);
  const commands = fetchCommands(safe);
  const [first, ...others] = commands;
  if (first === undefined) {
    const message = `${what} names no actions, and none of its findings is an ACTIVE one about unused permissions`;
    source.report({ code, message, at, isNotice: true });
    return;
  }
  const more = others.length === 0 ? '' : ` and ${count(others.length, 'more command')}`;
  const message = `${what} names no actions, so nothing can be refined by it. Fetch them into a findings file: run \`${first}\`${more}`;
  const purpose = `fetch the actions (${count(new Set(safe.map(({ id }) => id)).size, 'finding')})`;
  source.report({ code, message, at, commands, purpose });
}
