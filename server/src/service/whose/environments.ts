import { relativeTo } from './paths.ts';

/** Words by which people call the environments that they deploy to. */
const ENVIRONMENT =
  /^(?:dev|devel|development|develop|test|testing|tst|qa|uat|int|integration|ci|stage|stg|staging|pre|preprod|pre-?production|nonprod|non-?production|prod|prd|production|live|demo|sandbox|sbx|beta|canary|perf)\d?$/i;

/** Whether a word is what an environment is called. */
export function isEnvironment(word: string): boolean {
  return ENVIRONMENT.test(word);
}

/** The first of the words of a name, such as that of a file without its ending, that is what an environment is called. */
export function environmentIn(name: string): string | undefined {
  return isEnvironment(name) ? name : name.split(/[^A-Za-z0-9]+/).find(isEnvironment);
}

/** Folders that hold what nobody deploys. */
const FOR_TESTS: ReadonlySet<string> = new Set([
  'test',
  'tests',
  '__tests__',
  'fixtures',
  'testdata',
  'examples',
  'samples',
]);

/** Whether a path of the repository lies in a folder for tests or examples. */
export function isForTests(path: string, root: string): boolean {
  return testFolderOf(path, root) !== undefined;
}

/** The outermost folder for tests or examples that a path lies in, or is, led on from the root; `undefined` where there is none. */
export function testFolderOf(path: string, root: string): string | undefined {
  const steps = relativeTo(root, path).split('/');
  const index = steps.findIndex((step) => FOR_TESTS.has(step.toLowerCase()));
  return index < 0 ? undefined : steps.slice(0, index + 1).join('/');
}
