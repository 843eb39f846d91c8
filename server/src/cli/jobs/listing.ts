import { findInputs, type Input } from '../inputs.ts';
import { NearerConfigs } from '../nearerConfig.ts';
import type { UsedConfig } from '../setUp.ts';
import { Recording, type Said } from './recording.ts';

/** The files to look at, and what was said while they were looked for. */
export interface Listing {
  readonly inputs: readonly Input[];
  /** By the number of the file before which it is to be said; behind the last one by their count. */
  readonly remarks: ReadonlyMap<number, readonly Said[]>;
}

/** The files that PATHs stand for. */
export function listInputs(paths: readonly string[]): Listing {
  const listing = new GrowingListing();
  for (const input of findInputs(paths, listing.recording)) listing.add(input);
  return listing;
}

/** Those for which the configuration file holds that a run goes by. */
export async function withoutOthers({ inputs, remarks }: Listing, used: UsedConfig): Promise<Listing> {
  const listing = new GrowingListing();
  const nearer = new NearerConfigs(used, listing.recording);
  for (const [index, input] of inputs.entries()) {
    listing.said.push(...(remarks.get(index) ?? []));
    if (!(await nearer.holdsFor(input))) listing.add(input);
  }
  listing.said.push(...(remarks.get(inputs.length) ?? []));
  return listing;
}

class GrowingListing implements Listing {
  readonly inputs: Input[] = [];
  readonly remarks = new Map<number, Said[]>();
  /** What was said since the last file. */
  said: Said[] = [];
  readonly recording: Recording;

  constructor() {
    this.remarks.set(0, this.said);
    this.recording = new Recording({ push: (said) => this.said.push(said) });
  }

  add(input: Input): void {
    if (this.said.length === 0) this.remarks.delete(this.inputs.length);
    this.inputs.push(input);
    this.said = [];
    this.remarks.set(this.inputs.length, this.said);
  }
}
