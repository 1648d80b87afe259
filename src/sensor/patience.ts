/** Waiting for a codec that may never answer: an encoder is allowed to drop a frame without a word. */

/** A frame takes a few milliseconds; a machine that stalls this long has lost it. */
const PATIENCE_MS = 15_000;

/**
 * @param answer resolves when the codec has answered
 * @throws Error with the message when it does not in time
 */
export function withPatience(answer: Promise<void>, message: string): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tooLong = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(message)), PATIENCE_MS);
  });
  return Promise.race([answer, tooLong]).finally(() => clearTimeout(timer));
}
