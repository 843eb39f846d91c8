/** The key of the setting `principals` that means a file and no other, whatever it is called; or one policy of it, by its address or pointer. */
export function keyOf(path: string, document?: string): string {
  const file = escapeGlob(path.includes('/') ? path : `./${path}`);
  return document === undefined ? file : `${file}#${document.replaceAll('#', '\\#')}`;
}

/** The key that means all files of a folder. */
export function folderKeyOf(folder: string): string {
  return `${escapeGlob(folder)}/**`;
}

function escapeGlob(text: string): string {
  return text.replace(/[\\*?[\]{}()!+@|^$#]/g, '\\$&');
}
