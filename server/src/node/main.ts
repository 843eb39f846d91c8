import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { startServer } from '../server.ts';
import { builtInCatalogue, loadDetails } from './catalogue.ts';
import { nodeFiles } from './files.ts';
import { syntaxes } from './syntaxes.ts';

/** The process entry: `--stdio` for any editor, `--node-ipc` for VS Code. */
startServer(createConnection(ProposedFeatures.all), {
  catalogue: builtInCatalogue,
  platform: `Node ${process.versions.node}`,
  loadDetails,
  files: nodeFiles,
  syntaxes,
});
