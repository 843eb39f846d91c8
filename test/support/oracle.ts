import { DFA, isDisjointWith, JS, NFA } from 'refa';

/**
 * An oracle for what entries grant that shares no code with the refiner: regular expressions for single actions,
 * and an automata library for whole languages.
 */

/** Whether an entry grants `service:Name`, by a regular expression. */
export function grants(entry: string, action: string): boolean {
  return toRegExp(entry).test(action);
}

/** Whether the entry's language lies inside that of one other entry. */
export function isIncluded(entry: string, other: string): boolean {
  if (entry.toLowerCase() === other.toLowerCase()) return true;
  const outside = DFA.fromFA(toAutomaton(other));
  outside.complement();
  return isDisjointWith(toAutomaton(entry), outside);
}

const expressions = new Map<string, RegExp>();

function toRegExp(entry: string): RegExp {
  let expression = expressions.get(entry);
  if (!expression) {
    expression = new RegExp(`^(?:${toSource(entry)})$`, 'is');
    if (expressions.size > 5000) expressions.clear();
    expressions.set(entry, expression);
  }
  return expression;
}

const automata = new Map<string, NFA>();

function toAutomaton(entry: string): NFA {
  let automaton = automata.get(entry);
  if (!automaton) {
    const { expression, maxCharacter } = JS.Parser.fromLiteral({ source: toSource(entry), flags: 'is' }).parse();
    automaton = NFA.fromRegex(expression, { maxCharacter });
    if (automata.size > 2000) automata.clear();
    automata.set(entry, automaton);
  }
  return automaton;
}

/** A bare `*` grants `*:*`; the service prefix has no other wildcards. */
function toSource(entry: string): string {
  if (/^\*+$/.test(entry)) return '[^:]*:.*';
  const [service = '', action] = split(entry);
  if (action === undefined) return '[^\\s\\S]';
  if (/^\*+$/.test(service)) return `[^:]*:${translate(action)}`;
  return /[*?]/.test(service) || service === '' ? '[^\\s\\S]' : `${translate(service)}:${translate(action)}`;
}

function split(entry: string): readonly [string, string | undefined] {
  const colon = entry.indexOf(':');
  return colon < 0 ? [entry, undefined] : [entry.slice(0, colon), entry.slice(colon + 1)];
}

function translate(pattern: string): string {
  // A plain `.*` for stars in a row: the regular expression engine backtracks over each.
  return pattern
    .replace(/\*+/g, '*')
    .replace(/[\\^$.+()[\]{}|/]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
}
