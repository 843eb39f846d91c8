import { managedFiles } from './managed.ts';

/** How many lines are made at once. */
const AT_ONCE = 100;

/**
 * Lines for `refine --ndjson`, some hundred thousand bytes at once: the policies that AWS publishes, one after the other and over
 * again, each with its findings. No two lines are the same, neither in their policy nor in their findings.
 */
export function* policyLines(count: number): Iterable<string> {
  const files = managedFiles().map(({ text, finding }) => ({
    policy: JSON.stringify(JSON.parse(text)).slice(1),
    finding: JSON.stringify(finding).slice(1),
  }));
  const lineOf = (number: number) => {
    const { policy, finding } = files[number % files.length] as (typeof files)[number];
    return `{"id":${number},"policy":{"Id":"${number}",${policy},"unused":{"createdBy":"${number}",${finding}}\n`;
  };
  for (let start = 0; start < count; start += AT_ONCE)
    yield Array.from({ length: Math.min(AT_ONCE, count - start) }, (_, index) => lineOf(start + index)).join('');
}
