import type { FindingsIndex } from '../service/findings/findingsIndex.ts';
import { namesakesAmong } from '../service/findings/namesakes.ts';
import { hasPhysicalNames, physicalIdsIn } from '../service/findings/physicalNames.ts';
import type { Namesakes } from '../service/findings/rules/outcome.ts';
import { type Input, readInput } from './inputs.ts';
import { decodePolicy } from './policyText.ts';

/**
 * Tells of each file which others could as well be the template of which a principal was made. Where findings are about such
 * principals, all files are read for this, one after the other.
 */
export function findNamesakes(inputs: readonly Input[], index: FindingsIndex): (input: Input) => Namesakes {
  const ids = new Map<string, ReadonlySet<string>>();
  if (hasPhysicalNames(index) && inputs.length > 1) {
    for (const input of inputs) {
      const found = idsOf(input, index);
      if (found && found.size > 0) ids.set(nameOf(input), found);
    }
  }
  const namesakesOf = namesakesAmong(ids);
  return (input) => namesakesOf(nameOf(input));
}

/** What tells a file from others, and what messages call it. */
function nameOf({ file, path }: Input): string {
  return file === '-' ? 'standard input' : path;
}

/** None for a file that cannot be read; that is said when it is looked at. */
function idsOf(input: Input, index: FindingsIndex): ReadonlySet<string> | undefined {
  try {
    return physicalIdsIn(decodePolicy(readInput(input)).text, index);
  } catch {
    return undefined;
  }
}
