/** What a line of a step's log tells the runner of GitHub Actions. */
export interface WorkflowCommand {
  readonly command: string;
  readonly message: string;
  /** The command's properties: `file`, `line` and so on. */
  readonly [property: string]: string;
}

/** What the runner of GitHub Actions makes of a line, as its own code reads it: `##[…]` forms aside. */
export function parseCommand(line: string): WorkflowCommand {
  const [, command = '', list = '', message = ''] = /^::(\w+) ([^:]*)::(.*)$/.exec(line) ?? [];
  const properties = list.split(',').map((property): [string, string] => {
    const [name = '', ...value] = property.split('=');
    return [name, putBack(putBack(value.join('='), '%3A', ':'), '%2C', ',')];
  });
  const decode = (text: string) => putBack(putBack(putBack(text, '%0D', '\r'), '%0A', '\n'), '%25', '%');
  return {
    command,
    message: decode(message),
    ...Object.fromEntries(properties.map(([name, value]) => [name, decode(value)])),
  };
}

/** The commands of a log: all lines that begin with `::`, but those between `::stop-commands::TOKEN` and `::TOKEN::`. */
export function commandsOf(log: string): WorkflowCommand[] {
  const commands: WorkflowCommand[] = [];
  let token: string | undefined;
  for (const line of log.split('\n')) {
    if (token !== undefined) {
      if (line === `::${token}::`) token = undefined;
    } else if (line.startsWith('::stop-commands::')) token = line.slice('::stop-commands::'.length);
    else if (line.trimStart().startsWith('::')) commands.push(parseCommand(line.trimStart()));
  }
  return commands;
}

function putBack(text: string, from: string, to: string): string {
  return text.replaceAll(from, to);
}
