import type { PolicyDocument } from '../../server/src/service/policy/model.ts';
import { yaml } from '../../server/src/service/policy/yaml/index.ts';
import { onlyPolicyIn, outlineIn } from './outline.ts';

/** `outlineIn` YAML. */
export function outline(text: string): string {
  return outlineIn(yaml, text);
}

/** `onlyPolicyIn` YAML. */
export function onlyPolicy(text: string): PolicyDocument {
  return onlyPolicyIn(yaml, text);
}
