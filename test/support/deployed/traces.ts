import type { Reality } from './simulate.ts';
import type { Deployment, Root, World } from './world.ts';

/**
 * Whether every deployment leaves its trace in the repository: code that is deployed once, as nothing else is said; each deployment named,
 * or a hint that there are several; or an inventory that lists its account or its resources. What is made elsewhere and could be taken
 * for something of the repository must be listed.
 */
export function isTraced(world: World, reality: Reality): boolean {
  const { inventory, strangers, roots } = world;
  const isListed = (account: string) => inventory.accounts.includes(account);
  if (strangers.some(looksLikeOwn) && !reality.principals.every(({ account }) => isListed(account))) return false;
  return roots.every((root) => {
    const own = reality.deployments.filter(([of]) => of === root).map(([, deployment]) => deployment);
    if (own.length <= 1 || world.hasMatrix || root.evidence === 'stages' || inventory.listsResources) return true;
    return own.every((deployment) => isListed(deployment.account) || isNamed(root, deployment));
  });
}

function isNamed({ evidence, deployments }: Root, deployment: Deployment): boolean {
  if (evidence === 'named' || evidence === 'script') return true;
  return evidence === 'first named' && deployments[0] === deployment;
}

/** Whether somebody could take a name for that of a role of the repository. */
function looksLikeOwn({ name }: { readonly name: string }): boolean {
  return name !== 'Admin' && name !== 'Auditor';
}
