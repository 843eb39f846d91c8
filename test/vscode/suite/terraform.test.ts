import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';
import { actionsAt, codeOf, ourExtension, untilMarks, withNewFile } from './support.ts';

const POLICY = `data "aws_iam_policy_document" "app" {
  statement {
    actions   = ["lambda:AddPermission", "lambda:InvokeFunction", "s3:GetObject"]
    resources = ["*"]
  }
}
`;

describe('Without an extension for Terraform', () => {
  for (const [file, languageId] of [
    ['article/main.tf', 'terraform'],
    ['article/main.tofu', 'opentofu'],
  ] as const) {
    it(`unused actions in ${file} are marked, and a fix removes them`, async () => {
      await withNewFile(file, POLICY, async ({ document }) => {
        assert.equal(document.languageId, languageId);
        const marks = await untilMarks(document.uri, (found) => found.length > 0);
        assert.deepEqual(
          marks.map((mark) => [codeOf(mark), document.getText(mark.range)]),
          [['unused-action', '"lambda:AddPermission"']],
        );
        const [remove] = await actionsAt(document, '"lambda:AddPermission"', vscode.CodeActionKind.QuickFix);
        assert.ok(remove?.edit && (await vscode.workspace.applyEdit(remove.edit)));
        assert.equal(document.getText(), POLICY.replace('"lambda:AddPermission", ', ''));
      });
    });
  }

  it('variables are left to whoever knows them', async () => {
    await withNewFile('article/main.tfvars', 'x = 1\n', async ({ document }) => {
      assert.equal(document.languageId, 'plaintext');
    });
  });

  // VS Code joins what extensions say of a language: the last one wins. What we do not say cannot win over an extension for Terraform.
  it('nothing is said of these languages but which files are theirs', () => {
    const { languages, grammars } = ourExtension().packageJSON.contributes;
    assert.deepEqual(
      languages.filter(({ id }: { id: string }) => id !== 'jsonc'),
      [
        { id: 'terraform', extensions: ['.tf'] },
        { id: 'opentofu', extensions: ['.tofu'] },
      ],
    );
    assert.ok(grammars.every((grammar: object) => !('language' in grammar)));
  });
});
