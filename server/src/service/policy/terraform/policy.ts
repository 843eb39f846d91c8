import type { Span } from '../../json/span.ts';
import type { PolicyFact, Taker } from '../../whose/facts.ts';
import type { ItemList, PolicyDocument, Statement, StatementChange, TextChange } from '../model.ts';

/** Where a policy stands, what it is called, and who takes it there. */
export interface PolicyFrame extends Span {
  readonly pointer: string;
  readonly address: string;
  readonly heading: Span;
  /** Who takes it where it stands; of one that others refer to by its address, nobody. */
  readonly takers: readonly Taker[];
  /** Whether others refer to it by its address, as to an `aws_iam_policy_document`. */
  readonly isReferredTo: boolean;
}

/** A policy of a Terraform module, in whatever syntax and form: each form has its own statements and writes its own changes. */
export abstract class TerraformPolicy implements PolicyDocument {
  readonly start: number;
  readonly end: number;
  readonly pointer: string;
  readonly address: string;
  readonly heading: Span;
  readonly #takers: readonly Taker[];
  readonly #isReferredTo: boolean;
  abstract readonly statements: readonly Statement[];
  abstract readonly list?: ItemList;
  abstract readonly size: number;

  constructor({ start, end, pointer, address, heading, takers, isReferredTo }: PolicyFrame) {
    this.start = start;
    this.end = end;
    this.pointer = pointer;
    this.address = address;
    this.heading = heading;
    this.#takers = takers;
    this.#isReferredTo = isReferredTo;
  }

  /** What the file says of it. Who takes it says what quota it has. */
  get fact(): PolicyFact {
    const { pointer, address } = this;
    return {
      pointer,
      name: address,
      kind: 'identity',
      quota: Number.POSITIVE_INFINITY,
      takers: this.#takers,
      ...(this.#isReferredTo && { address }),
    };
  }

  /** Changes of its statements as minimal edits of the file's text, in ascending order. */
  abstract write(text: string, changes: readonly StatementChange[]): TextChange[];
}

/** A template in a string of another file says itself whose its policies are, and that is not followed. */
export const EMBEDDED_TEMPLATE: readonly Taker[] = [
  { takes: 'any', by: { kind: 'unknown', why: 'it stands in a template inside another file' } },
];
