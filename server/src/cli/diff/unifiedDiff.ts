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
  return `--- ${header(`a/${name}`)}\n+++ ${header(`b/${name}`)}\n${all}`;
}

/** A file name as git writes it: a tab behind it says that its spaces belong to it, which `patch` would not think otherwise. */
function header(name: string): string {
  return name.includes(' ') ? `${quote(name)}\t` : quote(name);
}

/** A name in quotes, with escapes as in C, where it has characters that would end or change it. */
function quote(name: string): string {
  return /["\\\p{Cc}]/u.test(name) ? `"${name.replace(/["\\\p{Cc}]/gu, escaped)}"` : name;
}

function escaped(character: string): string {
  if (character === '"' || character === '\\') return `\\${character}`;
  return [...Buffer.from(character)].map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('');
}
