/** Decides which frames of the sent stream are key frames. */

/** Captures do not come to the microsecond; a key frame that is due this soon is due, seconds. */
const TOLERANCE_SECONDS = 0.05;

export interface KeyFrames {
  /**
   * Is this frame, the first of an interval, to be a key frame? Then it counts as the last one.
   * @param encoder names the encoder that it goes to: the first frame from another one has nothing to refer to
   * @param restart the decoder is a new one
   */
  isDue(encoder: string, seconds: number, everySeconds: number, restart: boolean): boolean;
}

export function createKeyFrames(): KeyFrames {
  let last: { readonly encoder: string; readonly seconds: number } | undefined;
  return {
    isDue(encoder, seconds, everySeconds, restart) {
      const goesOn =
        !restart && last?.encoder === encoder && seconds - last.seconds < everySeconds - TOLERANCE_SECONDS;
      if (!goesOn) last = { encoder, seconds };
      return !goesOn;
    },
  };
}
