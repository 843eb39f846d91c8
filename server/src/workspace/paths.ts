import { URI } from 'vscode-uri';

/** The path by which the service knows a file: decoded, divided by `/`. */
export function pathOf(uri: string): string {
  return URI.parse(uri).path;
}

/** The path of a file inside its workspace folder. */
export function pathInside(folder: string, uri: string): string {
  return pathOf(uri).slice(pathOf(folder).replace(/\/$/, '').length + 1);
}
