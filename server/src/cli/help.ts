import { Help, type HelpConfiguration, type Option } from 'commander';

/** How help is written: without the defaults of options that are simply not given. */
export const HELP_STYLE: HelpConfiguration = {
  optionDescription: (option: Option) =>
    new Help().optionDescription(option).replace(/ \(default: (?:false|\[\])\)$/, ''),
};

/** What stands below the options of a command: what its exit status means, and how it is used. */
export function helpBelow(statuses: Readonly<Record<number, string>>, examples: readonly string[]): string {
  const lines = Object.entries(statuses).map(([status, meaning]) => `  ${status}  ${meaning}`);
  const commands = examples.map((example) => `  $ iam-policy-refiner ${example}`);
  return ['', 'Exit status:', ...lines, '', 'Examples:', ...commands].join('\n');
}
