import path from 'node:path';
import type { TextChange } from '../../service/policy/model.ts';
import { hunks } from './hunks.ts';
import { lineChanges } from './lineChanges.ts';
import { Lines } from './lines.ts';

/**
 * The unified diff of a file and its refined text, as `git apply` takes it; empty when they are the same. It is made of the
 * changes themselves: to look for differences takes time that grows with the square of their number.
 * @param changes as `applyChanges` takes them
 */
export function unifiedDiff(file: string, before: string, changes: readonly TextChange[]): string {
  const lines = new Lines(before);
  const all = [...hunks(lines, lineChanges(lines, changes))].join('');
  if (all === '') return '';
  const name = file
    .split(path.sep)
    .join('/')
    .replace(/^(?:\.?\/)+/, '');
  return `--- ${quote(`a/${name}`)}\n+++ ${quote(`b/${name}`)}\n${all}`;
}

/** A file name as git writes it: in quotes, with escapes, where it has characters that would end or change it. */
function quote(name: string): string {
  return /["\\\p{Cc}]/u.test(name) ? JSON.stringify(name) : name;
}
