/** Waiting for a codec that may never answer: an encoder is allowed to drop a frame without a word. */

/** A frame takes a few milliseconds; a machine that stalls this long has lost it. */
const PATIENCE_SECONDS = 15;

/**
 * Counts the seconds in which this thread could have heard the answer: a gradient that blocks it for longer than that takes one.
 * @param answer resolves when the codec has answered
 * @throws Error with the message when it does not in time
 */
export function withPatience(answer: Promise<void>, message: string): Promise<void> {
  let timer: ReturnType<typeof setInterval> | undefined;
  const tooLong = new Promise<never>((_, reject) => {
    let seconds = 0;
    timer = setInterval(() => {
      seconds += 1;
      if (seconds >= PATIENCE_SECONDS) reject(new Error(message));
    }, 1000);
  });
  return Promise.race([answer, tooLong]).finally(() => clearInterval(timer));
}
