import { type FileHandle, open } from 'node:fs/promises';
import { MAX_FINDINGS_BYTES } from '../service/findings/read.ts';
import { decodeText } from './decodeText.ts';

/** The text of a findings file. Rejects one that is too large before it fills the memory. */
export async function readFindingsText(path: string): Promise<string> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    if (size > MAX_FINDINGS_BYTES)
      throw new Error(
        `it is larger than ${MAX_FINDINGS_BYTES / 1024 / 1024} MB; split it into several files, such as one an account`,
      );
    // A pipe does not know its size.
    return decodeText(size === 0 ? await file.readFile() : await readBytes(file, size));
  } finally {
    await file.close();
  }
}

/** `FileHandle.readFile` reads parts and joins them, and while it joins a large file nothing else is done. */
async function readBytes(file: FileHandle, size: number): Promise<Uint8Array> {
  const bytes = Buffer.allocUnsafeSlow(size);
  let length = 0;
  for (let read = -1; read !== 0 && length < size; length += read)
    read = (await file.read(bytes, length, size - length, null)).bytesRead;
  return bytes.subarray(0, length);
}
