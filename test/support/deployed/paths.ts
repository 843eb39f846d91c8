import type { Policy, Root, Scope, World } from './world.ts';

/** The file of a root's own code. */
export function mainPath({ family, syntax, folder }: Root): string {
  return `${folder}/${family === 'cfn' ? `template.${syntax}` : syntax === 'json' ? 'main.tf.json' : 'main.tf'}`;
}

/** The file of what a root calls. */
export function childPath(root: Root): string {
  const name = root.family === 'cfn' ? `child.${root.syntax}` : root.syntax === 'json' ? 'main.tf.json' : 'main.tf';
  if (root.child === undefined) return root.family === 'cfn' ? `shared/child.yaml` : `shared/main.tf`;
  return root.family === 'cfn' ? `${root.folder}/${name}` : `${root.folder}/child/${name}`;
}

/** What a root calls, if it calls anything. */
export function childOf(root: Root, { shared }: World): Scope | undefined {
  return root.calls.length === 0 ? undefined : (root.child ?? shared[root.family]);
}

/** What tells a policy from all others of a repository: its file, and the mark that its text bears. */
export function policyKey(path: string, policy: Policy): string {
  return policy.isApart ? keyOfFile(apartPath(path, policy)) : `${path}#${markOf(policy)}`;
}

/** What the text of a policy bears. */
export function markOf({ id }: Policy): string {
  return `mark-of-${id}`;
}

/** The file in which the text of a policy stands apart from the code. */
export function apartPath(path: string, { id }: Policy): string {
  return `${path.slice(0, path.lastIndexOf('/'))}/policies/${id}.json`;
}

/** The key of a policy that is all of its file. */
export function keyOfFile(path: string): string {
  return `${path}#mark-of-file`;
}
