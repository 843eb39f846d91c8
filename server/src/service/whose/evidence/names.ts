import { environmentIn } from '../environments.ts';

/** The name of a file, with what stands before it where it says little by itself: `prod/terraform.tfvars`. */
export function shownName(path: string): string {
  const steps = path.split('/');
  return steps
    .slice(
      /^(?:terraform|backend|variables|vars|main|config|manifest|terragrunt|makefile)\b/i.test(baseName(path))
        ? -2
        : -1,
    )
    .join('/');
}

/** The last step of a path. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Files of tools, of which no policy is one. */
export const OF_TOOLS =
  /(?:^|\/)(?:package(?:-lock)?|tsconfig[\w.-]*|solution-manifest|buildspec[\w.-]*|jsconfig|composer|manifest|cdk|nest-cli|angular|lerna|nx|turbo|appsettings[\w.-]*|launchSettings|\.[\w-]+rc|pnpm-(?:lock|workspace)|docker-compose[\w.-]*|swagger|openapi)\.(?:json|ya?ml)$/i;

/** Names that variables have in every environment. */
const COMMON = /^(?:all|base|common|commons|default|defaults|global|globals|shared|tags|versions?)$/i;

/** Words of a file's name that say what it is, and not which. */
const KINDS =
  /^(?:terraform|tf|variables?|vars?|tfvars|backend|config|params?|parameters|auto|state|remote|input|inputs|values)$/i;

/**
 * What the deployment is called that a file of variables or of a backend belongs to: `prod` for `prod.tfvars`,
 * `backend-prod.hcl` and `prod/terraform.tfvars`. `undefined` for those that belong to all, and to nobody knows which.
 */
export function environmentOfFile(path: string): string | undefined {
  const steps = path.split('/').filter((step) => step !== '' && step !== '.' && step !== '..');
  const stem = (steps.pop() ?? '').replace(/(?:\.auto)?(?:\.tfvars|\.tfbackend|\.hcl|\.json)+$/i, '');
  const words = stem.split(/[._-]+/).filter((word) => word !== '' && !KINDS.test(word));
  if (words.length > 0) return COMMON.test(words.join('-')) ? undefined : (environmentIn(stem) ?? words.join('-'));
  return steps.findLast((step) => environmentIn(step) !== undefined);
}
