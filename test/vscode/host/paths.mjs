import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** Absolute path of this folder. */
export const hostFolder = path.dirname(fileURLToPath(import.meta.url));

/** Absolute path of the project root: the folder of the extension's package.json. */
export const projectRoot = path.resolve(hostFolder, '../../..');

/** Absolute path of the folder that keeps every VS Code this host obtained. It may be deleted at any time. */
export const cacheFolder = path.join(projectRoot, '.vscode-test');

/** Absolute path of an extension that does nothing, for runs in which only an installed extension may act. */
export const emptyExtension = path.join(hostFolder, 'empty-extension');
