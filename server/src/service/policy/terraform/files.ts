/** The extensions of the files of a Terraform or OpenTofu module, without the dot. All files of a folder make one module, whatever their syntax. */
const MODULE_EXTENSIONS: readonly string[] = ['tf', 'tofu', 'tf.json', 'tofu.json'];

/** Whether Terraform passes a file over, by its name: those of editors, such as the lock `.#main.tf`, are no part of a module. */
export function isPassedOver(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return isTerraformFile(name) && name.startsWith('.');
}

/** Whether a file is one of a module in JSON, by its name. */
export function isTerraformJson(path: string): boolean {
  return /\.(?:tf|tofu)\.json$/i.test(path);
}

/** Whether a file is one of a module, whatever its syntax, by its name. */
export function isTerraformFile(path: string): boolean {
  return MODULE_EXTENSIONS.some((extension) => path.toLowerCase().endsWith(`.${extension}`));
}
