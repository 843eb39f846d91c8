import type { Catalogue } from '../actions/catalogue.ts';
import { decideUnused } from '../findings/age.ts';
import { type FindingsFile, placeOfAction, type ServiceReport } from '../findings/finding.ts';
import type { FindingsProblem } from '../findings/problem.ts';
import { spellingsOf } from '../findings/readers/shape.ts';
import { inside, type JsonLocator, type JsonPlace } from '../json/locate.ts';
import { quote } from '../text.ts';

/** So many names of a file are told, more than anyone looks at: with an old catalogue they are thousands. */
const MAX_NAMES = 100;

/**
 * What a findings file reports unused and the catalogue does not know: services, and actions of services that it knows, each
 * once, where it first stands. Nothing need be wrong with them, but a name with a spelling mistake would be without effect in silence.
 *
 * @param unusedAccessAge the user's setting, in days: it decides what last-accessed reports call unused
 * @param locator finds places in the file
 */
export function unknownNames(
  { findings }: FindingsFile,
  catalogue: Catalogue,
  unusedAccessAge: number,
  locator: JsonLocator,
): FindingsProblem[] {
  const found = new Map<string, FindingsProblem>();
  for (const finding of findings) {
    if (!finding.active) continue;
    for (const report of decideUnused(finding, unusedAccessAge).services) {
      for (const { key, message, at } of unknownIn(report, catalogue)) {
        if (found.has(key)) continue;
        const place = key === report.service.toLowerCase() ? placeOfService(at, locator) : at;
        if (found.size >= MAX_NAMES) return [...found.values(), notice('More unknown names are not listed', place)];
        found.set(key, notice(message, place));
      }
    }
  }
  return [...found.values()];
}

interface Unknown {
  /** The name in lower case, by which it is told once. */
  readonly key: string;
  readonly message: string;
  readonly at: JsonPlace;
}

function* unknownIn({ service, actions, place }: ServiceReport, catalogue: Catalogue): Iterable<Unknown> {
  const unknown = `is not known to the catalogue of ${catalogue.date}; see that it is spelled right`;
  if (service === '*') return;
  if (!catalogue.service(service)) {
    const effect =
      actions === 'whole'
        ? 'Its entries can go, because the whole service is unused'
        : 'Nothing of it can be rewritten, unless the whole service is unused: its wildcards are only marked';
    yield { key: service.toLowerCase(), message: `The service ${quote(service)} ${unknown}. ${effect}`, at: place };
  } else if (actions !== 'whole' && actions.names.unknown.length > 0) {
    for (const [position, index] of actions.names.indexes.entries()) {
      if (index >= 0) continue;
      const action = `${service}:${actions.names.unknown[~index]}`;
      const message = `The action ${quote(action)} ${unknown}. Fixes for wildcards of ${quote(service)} say so and are not preferred`;
      yield { key: action.toLowerCase(), message, at: placeOfAction(actions, position, place) };
    }
  }
}

function notice(message: string, at: JsonPlace): FindingsProblem {
  return { code: 'invalid-findings', message, at, isNotice: true };
}

/** Where the service's name stands in what is reported of it, which names the field in one of several spellings. */
function placeOfService(report: JsonPlace, locator: JsonLocator): JsonPlace {
  const whole = locator.locate(report);
  const places = spellingsOf('serviceNamespace').map((name) => inside(report, name));
  return places.find((place) => locator.locate(place).start !== whole.start) ?? report;
}
