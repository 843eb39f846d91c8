import type { SomeFacts } from './collector.ts';
import { shownName } from './names.ts';
import { stepsToRoot } from './places.ts';
import { readScripts } from './script.ts';

/** A script of a shell: POSIX's, PowerShell or that of Windows. */
export function readShellScript(path: string, text: string): SomeFacts[] {
  const commands = /\.ps1$/i.test(path) ? fromPowerShell(text) : /\.(?:bat|cmd)$/i.test(path) ? fromBatch(text) : text;
  const context = { file: shownName(path), toRoot: stepsToRoot(path) };
  return readScripts([{ text: commands, folder: { from: 'above', path: [] } }], context);
}

/** Lines go on behind a backtick; `$env:NAME` and `$Name = 'value'` are variables. */
function fromPowerShell(text: string): string {
  return text
    .replace(/`\r?\n/g, ' ')
    .replaceAll('`', '')
    .replace(/\$(?:env|script|global):(?=\w)/gi, '$')
    .replace(/^\$(\w+)[ \t]*=[ \t]*(?=["']?[\w$./-])/gm, '$1=');
}

/** Lines go on behind a `^`; `%NAME%` is a variable. */
function fromBatch(text: string): string {
  return text
    .replace(/\^\r?\n/g, ' ')
    .replace(/^\s*(?:@?rem\b|::)[^\n]*/gim, '')
    .replaceAll('\\', '/')
    .replace(/%(\w{1,100})%/g, '$${$1}')
    .replace(/^[ \t]*@?set[ \t]+"?(\w+)=([^"\n\r]*)"?/gim, '$1="$2"');
}
