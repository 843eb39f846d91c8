import type { Span } from '../../json/span.ts';
import type {
  ItemList,
  PolicyDocument,
  PolicyKind,
  PolicyOwner,
  Statement,
  StatementChange,
  TextChange,
} from '../model.ts';
import type { PolicyContext } from '../terraform/module.ts';
import { keepAligned } from './align.ts';

/** Where a policy stands, and what it is called. */
export interface PolicyFrame extends Span {
  readonly pointer: string;
  readonly address: string;
  readonly heading: Span;
}

/** A policy in an HCL text, in whatever form: each form writes its own changes. */
export abstract class HclPolicy implements PolicyDocument {
  readonly start: number;
  readonly end: number;
  readonly pointer: string;
  readonly address: string;
  readonly heading: Span;
  readonly kind: PolicyKind;
  readonly owner?: PolicyOwner;
  readonly quota: number;
  abstract readonly statements: readonly Statement[];
  abstract readonly list?: ItemList;
  abstract readonly size: number;

  constructor({ start, end, pointer, address, heading }: PolicyFrame, { kind, owner, quota }: PolicyContext) {
    this.start = start;
    this.end = end;
    this.pointer = pointer;
    this.address = address;
    this.heading = heading;
    this.kind = kind;
    if (owner) this.owner = owner;
    this.quota = quota;
  }

  /** Changes of its statements as minimal edits of the file's text, in ascending order. */
  write(text: string, changes: readonly StatementChange[]): TextChange[] {
    return keepAligned(text, this, this.edit(text, changes));
  }

  /** The same, but for what is to be aligned anew. */
  protected abstract edit(text: string, changes: readonly StatementChange[]): TextChange[];
}
