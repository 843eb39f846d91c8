import { fileURLToPath } from 'node:url';

/** VS Code's options that may have their value in the next argument. Any other option without "=" is a flag. */
const valued = [
  'user-data-dir',
  'extensions-dir',
  'folder-uri',
  'file-uri',
  'extensionDevelopmentPath',
  'extensionTestsPath',
];

/**
 * Reads VS Code's command line: `--name=value`, `--name value`, flags, and paths to open.
 * Gives the first path as `folder`, and the last value of each option this host heeds; `file:` URIs become paths.
 */
export function parseArguments(argv) {
  const values = {};
  const paths = [];
  for (let i = 0; i < argv.length; i++) {
    const option = /^--(?<name>[^=]+)(?:=(?<value>.*))?$/s.exec(argv[i])?.groups;
    if (!option) paths.push(argv[i]);
    else values[option.name] = toPath(option.value ?? (valued.includes(option.name) ? argv[++i] : 'true'));
  }
  return {
    folder: paths[0] ?? values['folder-uri'],
    devPath: values.extensionDevelopmentPath,
    testsPath: values.extensionTestsPath,
    userDataDir: values['user-data-dir'],
    extensionsDir: values['extensions-dir'],
  };
}

function toPath(value) {
  return value?.startsWith('file:') ? fileURLToPath(value) : value;
}
