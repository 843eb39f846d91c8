import { createHash } from 'node:crypto';
import type { Holder } from '../../../../server/src/service/whose/holders.ts';
import type { KnownName } from '../../../../server/src/service/whose/names.ts';
import { relativeTo } from '../../../../server/src/service/whose/paths.ts';

/** IAM's names have so many characters at most. */
const MAX_LENGTH = 64;

/**
 * A name that a holder could really have: a literal one, one whose holes are filled with a made-up word, which is the same in all of a
 * deployment, or `STACK-LOGICALID-RANDOM` cut as CloudFormation does; any name for one of whose name the code tells nothing.
 */
export function deployedName(holder: Holder, root: string): string {
  const { known, instance, address = '' } = holder;
  const place = relativeTo(root, instance.root.scope.path);
  const word = `acme${hash(place).slice(0, 6)}`;
  switch (known.kind) {
    case 'literal':
      return known.name;
    case 'pattern':
      return fill(known.name, word);
    case 'physical': {
      const random = hash(`${place} ${instance.prefix} ${address}`).toUpperCase().slice(0, 12);
      const id = known.logicalId;
      const stack = fill(known.stack, `${word}-dev`).slice(0, MAX_LENGTH - random.length - 2);
      return `${`${stack}-${id}`.slice(0, MAX_LENGTH - 1 - random.length)}-${random}`;
    }
    default:
      return `x${hash(`${place} ${instance.prefix} ${address}`).slice(0, 10)}`;
  }
}

function fill({ stretches }: KnownName, word: string): string {
  return stretches.join(word);
}

/** In base 36, so that it has letters and digits. */
function hash(text: string): string {
  return BigInt(`0x${createHash('sha256').update(text).digest('hex')}`).toString(36);
}
