import path from 'node:path';
import { runMocha } from './run-mocha.ts';

/** Entry point for VS Code: tests the extension under development on policies that AWS publishes. */
export const run = (): Promise<void> => runMocha(path.join(__dirname, 'sameText'));
