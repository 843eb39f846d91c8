/** Why a file cannot be read or written, in words. */
export function explainFileError(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  const words: Record<string, string> = {
    ENOENT: 'there is no such file or folder',
    EACCES: 'permission denied',
    EPERM: 'permission denied',
    EISDIR: 'it is a folder',
    ENOSPC: 'no space is left on the device',
    EDQUOT: 'the disk quota is used up',
    EFBIG: 'it would be larger than the system allows',
    EROFS: 'the file system is read-only',
    ELOOP: 'too many symbolic links',
  };
  return words[code ?? ''] ?? message;
}
