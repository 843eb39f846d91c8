import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';
import type { RefinePolicyResult } from '../../../../server/src/protocol.ts';
import { fileOf, show, untilMarks } from '../support.ts';

/** What the command line makes of the policies. */
const EXPECTED = fileOf('../sample-refined');

describe('Of the policies that AWS publishes', () => {
  const names = readdirSync(EXPECTED);
  for (const name of names) {
    it(`the command makes of ${path.parse(name).name} what the command line makes, to the byte`, async () => {
      const expected = readFileSync(path.join(EXPECTED, name));
      const isKept = expected.equals(readFileSync(fileOf(name)));
      const { document } = await show(name);
      // The first request of the window waits for the findings to be read.
      if (!isKept) await untilMarks(document.uri, (marks) => marks.length > 0);
      const { kind, message } = await vscode.commands.executeCommand<RefinePolicyResult>(
        'iamPolicyRefiner.refinePolicy',
      );
      assert.equal(kind === 'refined', !isKept, message);
      await document.save();
      assert.ok(readFileSync(fileOf(name)).equals(expected), document.getText());
    });
  }

  it('there are many', () => assert.equal(names.length, 40));
});
