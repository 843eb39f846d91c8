import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { startServer } from '../server.ts';
import { builtInCatalogue, loadDetails } from './catalogue.ts';
import { readCommandLine } from './commandLine.ts';
import { nodeFiles } from './files.ts';
import { syntaxes } from './syntaxes.ts';

/** The process entry: `--stdio` for any editor, `--node-ipc` for VS Code. */
const task = readCommandLine(process.argv.slice(2), process.send !== undefined);
if (task === 'serve') {
  startServer(createConnection(ProposedFeatures.all), {
    catalogue: builtInCatalogue,
    platform: `Node ${process.versions.node}`,
    loadDetails,
    files: nodeFiles,
    syntaxes,
  });
} else {
  process[task.stream].write(task.text);
  process.exitCode = task.status;
}
