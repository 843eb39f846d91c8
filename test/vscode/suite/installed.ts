import path from 'node:path';
import { runMocha } from './run-mocha.ts';

/** Entry point for VS Code: tests the packaged extension, installed from its .vsix file. */
export const run = (): Promise<void> => runMocha(path.join(__dirname, 'installed'));
