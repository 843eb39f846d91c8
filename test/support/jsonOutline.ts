import { json } from '../../server/src/service/policy/json/index.ts';
import type { PolicyDocument } from '../../server/src/service/policy/model.ts';
import { onlyPolicyIn, outlineIn } from './outline.ts';

/** `outlineIn` JSON. */
export function outline(text: string): string {
  return outlineIn(json, text);
}

/** `onlyPolicyIn` JSON. */
export function onlyPolicy(text: string): PolicyDocument {
  return onlyPolicyIn(json, text);
}
