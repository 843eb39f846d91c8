import path from 'node:path';

/**
 * Gives the address of a workbench on the server at `authority` ("localhost:PORT").
 * - `folder`: the folder (or .code-workspace file) to open, the window is empty without it; `file`: a file to show;
 * - `devPath`: folder of the extension under development (it can be one only), `testsPath`: the module whose `run()` is
 *   the test suite. Both need a server with the test driver.
 */
export function workbenchUrl(authority, { folder, file, devPath, testsPath }) {
  const remote = (local) => `vscode-remote://${authority}${encodeURI(path.resolve(local))}`;
  const payload = [
    ['skipWelcome', 'true'],
    ['skipReleaseNotes', 'true'],
  ];
  if (devPath) payload.push(['extensionDevelopmentPath', remote(devPath)]);
  if (testsPath) payload.push(['extensionTestsPath', remote(testsPath)]);
  if (file) payload.push(['openFile', remote(file)]);

  const query = new URLSearchParams();
  if (folder) query.set(folder.endsWith('.code-workspace') ? 'workspace' : 'folder', path.resolve(folder));
  else query.set('ew', 'true'); // "Empty window": without it the server opens the folder of last time.
  query.set('payload', JSON.stringify(payload));
  return `http://${authority}/?${query}`;
}
