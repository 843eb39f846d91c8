import picomatch from 'picomatch';

/** Whether globs that lead on from a folder take a path out of a repository. */
export function excludes(base: string, globs: readonly string[]): (path: string) => boolean {
  const matchers = globs.map(matcherOf);
  return (path) => matchers.some((matches) => matches(inside(base, path)));
}

/** The first value of an object, by globs that lead on from a folder, whose glob is a path's. */
export function byGlob<T>(base: string, values: Readonly<Record<string, T>>): (path: string) => T | undefined {
  const matchers = Object.entries(values).map(([glob, value]) => [matcherOf(glob), value] as const);
  return (path) => matchers.find(([matches]) => matches(inside(base, path)))?.[1];
}

/** A path as globs of settings see it. */
function inside(base: string, path: string): string {
  const folder = `${base.replace(/\/$/, '')}/`;
  return path.startsWith(folder) ? path.slice(folder.length) : path;
}

function matcherOf(glob: string): (path: string) => boolean {
  try {
    return picomatch(glob.replace(/^\.?\//, ''), { dot: true, nocase: true, basename: !glob.includes('/') });
  } catch {
    return () => false;
  }
}
