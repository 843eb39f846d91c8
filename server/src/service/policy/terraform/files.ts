/** The extensions of the files of a Terraform or OpenTofu module, without the dot. All files of a folder make one module, whatever their syntax. */
export const MODULE_EXTENSIONS: readonly string[] = ['tf', 'tofu', 'tf.json', 'tofu.json'];

/** Whether a file is one of a module in JSON, by its name. */
export function isTerraformJson(path: string): boolean {
  return /\.(?:tf|tofu)\.json$/i.test(path);
}
