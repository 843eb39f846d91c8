import type { Catalogue } from '../actions/catalogue.ts';
import type { FileAnalysis } from '../analysis.ts';
import type { FindingsIndex } from '../findings/findingsIndex.ts';
import { codeSpan } from '../hover/markdown.ts';
import { count } from '../text.ts';
import { describeActiveFile } from './activeFile.ts';
import { describeFindingsFiles, describePrincipals } from './findings.ts';

/** All that the server knows of what goes into its answers. */
export interface DebugFacts {
  /** What the server runs on, such as `Node 20.20.2`. */
  readonly platform: string;
  readonly catalogue: Catalogue;
  readonly folders: readonly DebugFolder[];
  /** The document in front; absent where there is none. */
  readonly active?: {
    readonly path: string;
    /** Absent where the file cannot hold policies, or we are turned off for it. */
    readonly analysis?: FileAnalysis | undefined;
    /** The configuration file that holds for it. */
    readonly config?: string | undefined;
  };
}

/** A workspace folder. */
export interface DebugFolder {
  readonly path: string;
  /** The configuration file that holds for the folder itself. */
  readonly config?: string;
  /** The settings that are not as they are by default, by name. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly index: FindingsIndex;
}

/**
 * What goes into our answers, as Markdown for the user and for who helps: versions, settings, findings files, principals, and whose
 * findings apply to the policies of the active file, by which rule. Of findings it tells names and numbers, never their text.
 */
export function describeDebugInformation({ platform, catalogue, folders, active }: DebugFacts): string {
  const lines = [
    `- Server on ${platform}`,
    `- Catalogue of ${catalogue.date}: ${count(catalogue.size, 'action')} of ${count(catalogue.prefixes.length, 'service')}`,
    ...(folders.length === 0
      ? ['- No workspace folder is open: findings files are looked for in workspace folders only']
      : []),
    ...folders.flatMap(describeFolder),
    ...(active ? describeActiveFile(active.path, active.analysis, active.config) : ['', '## No file was active']),
  ];
  return `${lines.join('\n')}\n`;
}

function describeFolder({ path, config, settings, index }: DebugFolder): string[] {
  const changed = Object.entries(settings).map(
    ([name, value]) => `- ${codeSpan(name)}: ${codeSpan(JSON.stringify(value))}`,
  );
  return [
    '',
    `## Workspace folder ${codeSpan(path)}`,
    '',
    ...(config === undefined ? [] : [`Configuration file ${codeSpan(config)}`, '']),
    '### Settings that are not the default',
    '',
    ...(changed.length > 0 ? changed : ['None.']),
    '',
    ...describeFindingsFiles(path, index, config !== undefined),
    '',
    ...describePrincipals(index),
  ];
}
