import type { PolicyDocument, Statement } from './policy/model.ts';

/** A statement of which not all was read, so that nobody can say what it grants. */
export interface NotRead {
  /** JSON pointer of the statement. */
  readonly pointer: string;
  /** As a clause: `its 'Action' holds something that is not written literally`. */
  readonly why: string;
}

/** The statements of a policy of which not all was read. Those that deny, or name a principal, grant nothing in any case. */
export function notReadOf({ statements }: Pick<PolicyDocument, 'statements'>): readonly NotRead[] {
  return statements.flatMap((statement) => {
    const why = whyNotRead(statement);
    return why === undefined ? [] : [{ pointer: statement.pointer, why }];
  });
}

function whyNotRead({ effect, element, hasOpaqueEntries, hasPrincipal, whole }: Statement): string | undefined {
  if (effect === 'Deny' || hasPrincipal) return undefined;
  if (effect !== 'Allow') return 'its effect is not written literally';
  return hasOpaqueEntries && !whole ? `its '${element}' holds something that is not written literally` : undefined;
}
