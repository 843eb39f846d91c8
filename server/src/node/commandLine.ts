import { version } from '../../../package.json';

/** What the server's process does by its arguments: serve, or tell something and end. */
export type Task = 'serve' | { readonly text: string; readonly stream: 'stdout' | 'stderr'; readonly status: number };

/**
 * Reads the arguments of the server's process. Those that it does not know are left to the library, which reads some of its own.
 * @param hasChannel whether the process was started by Node with a channel to it
 */
export function readCommandLine(args: readonly string[], hasChannel: boolean): Task {
  if (args.includes('--stdio') || (args.includes('--node-ipc') && hasChannel)) return 'serve';
  if (args.some((arg) => arg === '--help' || arg === '-h')) return { text: HELP, stream: 'stdout', status: 0 };
  if (args.some((arg) => arg === '--version' || arg === '-V'))
    return { text: `${version}\n`, stream: 'stdout', status: 0 };
  return { text: NO_TRANSPORT, stream: 'stderr', status: 2 };
}

const HELP = `Usage: iam-policy-refiner-server --stdio

The language server of IAM Policy Refiner, for every editor that speaks the Language Server Protocol: it marks in AWS IAM
policies what IAM Access Analyzer reports as unused, and offers fixes that are proven to change nothing else.

Options:
  --stdio        speak over standard input and output
  --node-ipc     speak over the channel of the Node process that started it, as VS Code does
  -V, --version  output the version number
  -h, --help     display help
`;

const NO_TRANSPORT = `iam-policy-refiner-server is started by an editor, which says how to speak to it: set it up there with '--stdio'
(add --help for the options). To refine policies in the terminal, run 'iam-policy-refiner'.
`;
