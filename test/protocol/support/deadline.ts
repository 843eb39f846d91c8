/** How long an answer may take. Far above what a healthy server needs on a busy machine, and far below a hang. */
export const DEADLINE_MS = 30_000;

/** The promise's value, or a rejection that says what was waited for when the deadline passes first. */
export async function within<T>(promise: Promise<T>, what: string, milliseconds = DEADLINE_MS): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`Waited ${milliseconds} ms in vain for ${what}`)), milliseconds);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
