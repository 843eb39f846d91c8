import type { FileFacts } from '../facts.ts';
import { readCdkManifest } from './cdkManifest.ts';
import { factsOf, type SomeFacts } from './collector.ts';
import { type EvidenceKind, evidenceKind } from './files.ts';
import { readMakefile } from './makefile.ts';
import { readPackageScripts } from './packageScripts.ts';
import { readPipeline } from './pipeline.ts';
import { readSamConfig } from './samConfig.ts';
import { readShellScript } from './shellScript.ts';
import { readSourceCode } from './sourceCode.ts';
import { readTerraformVariables } from './terraformVariables.ts';

/**
 * What a file says of deployments, and of who puts in which policy file, that holds no policies itself: a script, a workflow, the
 * configuration of a tool. Its name tells what it is. Never throws.
 *
 * @param path absolute, divided by `/`
 * @returns `undefined` for a file that is none of these, and for one that says nothing
 */
export function readEvidence(path: string, text: string): FileFacts | undefined {
  const kind = evidenceKind(path);
  if (!kind) return undefined;
  const facts = READERS[kind](path, text);
  return factsOf(...(Array.isArray(facts) ? facts : [facts]));
}

const READERS: Readonly<Record<EvidenceKind, (path: string, text: string) => SomeFacts | SomeFacts[]>> = {
  samConfig: readSamConfig,
  cdkManifest: readCdkManifest,
  terraformVariables: readTerraformVariables,
  pipeline: readPipeline,
  makefile: readMakefile,
  packageScripts: readPackageScripts,
  shellScript: readShellScript,
  sourceCode: readSourceCode,
};
