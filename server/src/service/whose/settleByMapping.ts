import type { Principal } from '../findings/principal.ts';
import type { Holder } from './holders.ts';
import { keyOf } from './mappingKeys.ts';
import type { Settlement } from './match.ts';
import { isInside, relativeTo } from './paths.ts';
import type { PrincipalMapping } from './question.ts';
import type { RuleContext } from './rules.ts';
import type { Ask } from './settle.ts';
import { baseOf, lineOf } from './settlementLine.ts';
import type { HolderAnswer } from './standing.ts';

/** What stands in a line where nobody can say whose name it is. */
const PLACEHOLDER = 'NAME-OF-THE-ROLE';

/** Says in "principals" whose the policy is: of its holder, so that one line settles all that it holds; else of the policy itself. */
export function settleByMapping(answer: HolderAnswer, context: RuleContext, ask: Ask): Settlement[] {
  const { question } = context;
  const known = namesIn(answer);
  const said = known.length > 0 ? known : somebody(context);
  if (said.length === 0 || question.isNameless) return [];
  const base = baseOf('principals', context);
  for (const { path, document } of placesOf(context)) {
    if (!isInside(path, base)) continue;
    const key = keyOf(relativeTo(base, path), document);
    const tried: PrincipalMapping = { key, principals: said, ...(document !== undefined && { document }) };
    const before = (file: string) => question.mappingsOf?.(file) ?? [];
    const mappingsOf = (file: string) => (file === path ? [tried, ...before(file)] : before(file));
    if (ask({ ...question, mappingsOf }) !== 'certain') continue;
    const names = known.length > 0 ? known : [PLACEHOLDER];
    const value = { [key]: names.length === 1 ? (names[0] as string) : names };
    const open = known.length > 0 ? {} : { open: [key] };
    return [{ setting: 'principals', line: lineOf('principals', value), value, ...open }];
  }
  return [];
}

/** Those who could be meant, by name, or by ARN where several bear it. Of those among whom nothing tells, the first. */
function namesIn({ kind, principals }: HolderAnswer): string[] {
  return principals.slice(0, kind === 'ambiguous' ? 1 : undefined).map(nameOf);

  function nameOf({ label, name, arn }: Principal): string {
    const isAlone = principals.filter((other) => other.name.toLowerCase() === name.toLowerCase()).length === 1;
    return arn === undefined || isAlone ? name : label;
  }
}

/** Somebody whom the user could name, to see whether naming anybody would settle it. */
function somebody({ repository, question: { index } }: RuleContext): string[] {
  const { universe } = repository.matchingOf(index);
  const found = universe.all.find(({ label }) => index.find(label).length === 1);
  return found ? [found.label] : [];
}

/** What a key may name: the only holder, where the code leaves open who that is; the policy; its file, where the file is the policy. */
function placesOf({ policy, repository }: RuleContext): { readonly path: string; readonly document?: string }[] {
  const { fact, path, ends } = policy;
  const [only, ...others] = ends.holders;
  const isAlone = repository.policies.factsOf(path).filter(({ kind }) => kind === 'identity').length === 1;
  const isOfFile = isAlone && fact.isLoose && !only;
  const holder = only && others.length === 0 && isOpen(only) ? placeOf(only) : undefined;
  return [...(holder ? [holder] : []), isOfFile ? { path } : { path, document: fact.name ?? fact.pointer }];
}

/** Whether the code leaves open who it is. */
function isOpen({ known }: Holder): boolean {
  return known.kind !== 'literal' || known.isAssumed;
}

function placeOf({ path, address }: Holder): { readonly path: string; readonly document: string } | undefined {
  return path === undefined || address === undefined ? undefined : { path, document: address };
}
