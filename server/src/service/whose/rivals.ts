import type { Principal } from '../findings/principal.ts';
import type { Holder } from './holders.ts';
import { makersOf } from './madeUpNames.ts';
import { fitsName } from './names.ts';
import { isOtherPlace, isSameComputed } from './places.ts';
import { mayAlsoBe, namesakes, type Surroundings } from './surroundings.ts';

/** The other holders that a principal could be as well, as surely as this one: names that are known go before those that are not. */
export function rivalsFor(holder: Holder, principal: Principal, around: Surroundings): readonly Holder[] {
  const { index, universe } = around;
  const made = universe.made(principal);
  const physical = made ? makersOf(made, around) : [];
  const patterns = index.patterns.filter(
    (other) =>
      other.known.kind === 'pattern' &&
      fitsName(principal.name, other.known.name) &&
      mayAlsoBe(other, principal, around),
  );
  const classes = [
    namesakes(principal.name, [principal], around),
    physical,
    patterns,
    index.unknown.filter((other) => mayAlsoBe(other, principal, around)),
  ];
  const strongest = classes.find((all) => all.length > 0) ?? [];
  return strongest.filter(
    (other) =>
      other !== holder &&
      !isSameComputed(holder, other) &&
      !(other.known.kind === 'literal' && !isOtherPlace(holder, other, true)),
  );
}
