import { runMocha } from './run-mocha.ts';

/** Entry point for VS Code: tests the extension under development. */
export const run = (): Promise<void> => runMocha(__dirname);
