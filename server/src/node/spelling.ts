import { URI } from 'vscode-uri';

/** How paths and URIs lead to each other, in one spelling. */
export const spelling = {
  /** The path by which the service knows a file: decoded, divided by `/`. */
  pathOf: (uri: string): string => URI.parse(uri).path,
  keyOf: (uri: string): string => URI.parse(uri).toString(),
  /** The URI of a path as the system writes it. */
  uriOf: (path: string): string => URI.file(path).toString(),
};
