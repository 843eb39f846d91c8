import { Composer, Parser } from 'yaml';
import { MAX_DEPTH } from '../../json/depth.ts';
import { findTooDeepToken } from './depth.ts';

/**
 * The values of the documents of a YAML text, without their places; of broken text what can be read.
 * Throws where aliases would make too much of it.
 */
export function parseYamlValues(text: string): unknown[] {
  const tokens = [...new Parser().parse(text)];
  if (findTooDeepToken(tokens, MAX_DEPTH) >= 0) return [];
  const composer = new Composer({ merge: true, uniqueKeys: false, prettyErrors: false, logLevel: 'silent' });
  return [...composer.compose(tokens, true, text.length)].map((document) => document.toJS({ maxAliasCount: 100 }));
}
