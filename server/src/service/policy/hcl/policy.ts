import type { StatementChange, TextChange } from '../model.ts';
import { TerraformPolicy } from '../terraform/policy.ts';
import { keepAligned } from './align.ts';

/** A policy in an HCL text, in whatever form: what was aligned in columns stays so. */
export abstract class HclPolicy extends TerraformPolicy {
  override write(text: string, changes: readonly StatementChange[]): TextChange[] {
    return keepAligned(text, this, this.edit(text, changes));
  }

  /** The same, but for what is to be aligned anew. */
  protected abstract edit(text: string, changes: readonly StatementChange[]): TextChange[];
}
