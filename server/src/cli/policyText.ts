const BOM = '\uFEFF';

/** The text of a policy file, without its byte order mark, and the mark apart, so that it can be put back. */
export interface PolicyText {
  readonly text: string;
  /** The byte order mark; empty where the file has none. */
  readonly mark: string;
}

/**
 * Decodes a policy file. IAM and every tool around it speak UTF-8; anything else is refused, because what is not
 * understood to the last byte must not be written back.
 * @throws Error when the bytes are not UTF-8
 */
export function decodePolicy(bytes: Uint8Array): PolicyText {
  let decoded: string;
  try {
    decoded = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Error('it is not UTF-8 text');
  }
  const mark = decoded.startsWith(BOM) ? BOM : '';
  return { text: decoded.slice(mark.length), mark };
}
