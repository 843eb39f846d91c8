import { Syntaxes } from '../service/policy/syntaxes.ts';

/** The syntaxes of policy files. Those that are seldom needed stand in files of their own beside the bundle, and are loaded by need. */
export const syntaxes = new Syntaxes(new Map());
