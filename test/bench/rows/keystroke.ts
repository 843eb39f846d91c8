import assert from 'node:assert/strict';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { TemporaryFolder } from '../../protocol/support/temporaryFolder.ts';
import { BenchServer } from '../support/benchServer.ts';
import { ourServer } from '../support/bundles.ts';
import { managedFile } from '../support/managed.ts';
import { median, timed } from '../support/pairs.ts';
import { atMostTimes, type Row } from '../support/result.ts';

/** The biggest policy that AWS publishes. */
const POLICY = 'AWSSupportServiceRolePolicy';

const WARM_UP = 30;
const KEYSTROKES = 100;

/**
 * From a keystroke to the marks in the editor's hands: `textDocument/didChange`, then `textDocument/diagnostic`, over stdio.
 * Letters are typed into the name of an action in the middle, so that the statement is never one that was seen before.
 * In turn with the keystrokes, the text is parsed by `JSON.parse` in this process.
 */
export const keystroke: Row = async () => {
  const { name, text, finding } = managedFile(POLICY);
  const folder = await TemporaryFolder.create({ 'findings.json': JSON.stringify(finding) });
  const server = new BenchServer(ourServer, folder);
  try {
    await server.initialize();
    const uri = await server.open(`${name}.json`, text);
    assert((await server.diagnose(uri)) > 0);
    const ours: number[] = [];
    const parse: number[] = [];
    let document = TextDocument.create(uri, 'json', 1, text);
    const caret = document.positionAt(endOfAction(text, text.length / 2));
    for (let typed = 0; typed < WARM_UP + KEYSTROKES; typed++) {
      const change = { range: { start: caret, end: caret }, text: String.fromCharCode(97 + (typed % 26)) };
      const version = typed + 2;
      document = TextDocument.update(document, [change], version);
      const toMarks = await timed(async () => {
        await server.change(uri, version, change);
        await server.diagnose(uri);
      });
      // A flat copy: V8 keeps a text that was put together in pieces, which the first reader would have to join.
      const current = Buffer.from(document.getText()).toString();
      const toParse = await timed(() => JSON.parse(current));
      if (typed < WARM_UP) continue;
      ours.push(toMarks);
      parse.push(toParse);
    }
    const pair = { ours: median(ours), peer: median(parse), ratio: median(ours) / median(parse) };
    return [atMostTimes(20, `server: keystroke in ${POLICY} to marks; peer: \`JSON.parse\` of the text`, pair)];
  } finally {
    await server.kill();
    await folder.remove();
  }
};

/** Where the name of the first action after an offset ends. */
function endOfAction(text: string, offset: number): number {
  const action = /:\w+(?=",)/g;
  action.lastIndex = offset;
  assert(action.test(text));
  return action.lastIndex;
}
