import type { readEvidence } from '../service/whose/evidence/evidence.ts';

/** Loads what reads evidence, which stands in a file of its own beside the bundle: it costs nothing where there is none. */
export async function loadEvidence(): Promise<typeof readEvidence> {
  return (await import('../service/whose/evidence/evidence.ts')).readEvidence;
}
