/** The folder of a file, without a `/` at the end; empty for one of the root. Paths are divided by `/`. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('/'), 0));
}

/** A path that leads on from a folder, with `.` and `..` followed; `undefined` where it leads out of all that is known. */
export function joinPath(folder: string, relative: string): string | undefined {
  const steps = folder.split('/');
  for (const step of relative.split('/')) {
    if (step === '' || step === '.') continue;
    if (step !== '..') steps.push(step);
    else if (steps.length <= 1) return undefined;
    else steps.pop();
  }
  return steps.join('/');
}

/** The folder of a file and those above it up to the root, the nearest first. */
export function foldersAround(path: string, root: string): string[] {
  const folders = [folderOf(path)];
  for (let folder = folderOf(path); folder !== root && isInside(folder, root); ) {
    folder = folderOf(folder);
    folders.push(folder);
  }
  return folders;
}

/** Whether a path lies in a folder, at whatever depth, or is it. */
export function isInside(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder.replace(/\/$/, '')}/`);
}

/** A path as messages name it: led on from the root where it lies below. */
export function relativeTo(root: string, path: string): string {
  const folder = `${root.replace(/\/$/, '')}/`;
  return path.startsWith(folder) ? path.slice(folder.length) : path;
}
