import { median } from '../support/pairs.ts';
import { programAt } from '../support/paths.ts';
import { outputOf } from '../support/processes.ts';
import { atMostTimes, milliseconds, type Row } from '../support/result.ts';

/** So many windows of VS Code are opened, each of which activates both extensions once. */
const WINDOWS = 6;

/** What activating may cost beyond an empty extension, in milliseconds: it happens in every workspace with a JSON file in it. */
const LIMIT = 20;

/** Loading and activating the extension in a real VS Code, against an extension that does nothing. */
export const activate: Row = async () => {
  const output = outputOf(programAt('activate.mjs'), [String(WINDOWS)]);
  const windows: { ours: number; peer: number }[] = JSON.parse(output.trim().split('\n').at(-1) ?? '');
  const pairs = {
    ours: median(windows.map(({ ours }) => ours)),
    peer: median(windows.map(({ peer }) => peer)),
    ratio: median(windows.map(({ ours, peer }) => ours / peer)),
  };
  const more = median(windows.map(({ ours, peer }) => ours - peer));
  const work = 'the extension loaded and activated in VS Code, no server started; peer: an empty extension';
  return [
    {
      ...atMostTimes(LIMIT, work, pairs),
      measured: `${milliseconds(pairs.ours)} (${more < 0 ? '' : '+'}${more.toFixed(1)} ms)`,
      goal: `≤ +${milliseconds(LIMIT)}`,
      reached: more <= LIMIT,
    },
  ];
};
