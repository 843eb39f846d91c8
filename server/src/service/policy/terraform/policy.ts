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
import type { PolicyContext } from './module.ts';

/** Where a policy stands, and what it is called. */
export interface PolicyFrame extends Span {
  readonly pointer: string;
  readonly address: string;
  readonly heading: Span;
}

/** A policy of a Terraform module, in whatever syntax and form: each form has its own statements and writes its own changes. */
export abstract class TerraformPolicy implements PolicyDocument {
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
  abstract write(text: string, changes: readonly StatementChange[]): TextChange[];
}
