import type { CheckFormat, CheckFormatOptions } from './format.ts';
import { GithubFormat } from './github.ts';
import { JsonFormat } from './json.ts';
import { SarifFormat } from './sarif.ts';
import { TextFormat } from './text.ts';

/** The formats that `--format` knows: one a file. */
export const FORMATS = {
  text: TextFormat,
  json: JsonFormat,
  sarif: SarifFormat,
  github: GithubFormat,
} satisfies Record<string, new (options: CheckFormatOptions) => CheckFormat>;

export type FormatName = keyof typeof FORMATS;
