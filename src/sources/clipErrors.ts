/** What can be wrong with a clip, each as a sentence that says what to do. */
import { sentenceOf } from '../domain/sentenceOf.ts';

const because = (cause: unknown): string => sentenceOf(cause).replace(/[.\s]+$/, '');

export const notAClip = (name: string, cause: unknown): Error =>
  new Error(
    `The file ${name} is not a video file that can be read (${because(cause)}). Choose an MP4, MOV, WebM or MKV file.`,
    { cause },
  );

export const noVideoTrack = (name: string): Error =>
  new Error(`The clip ${name} has no video track. Choose a file with moving pictures, not only sound.`);

export const undecodable = (name: string, codec: string): Error =>
  new Error(
    `This browser cannot decode the video codec ${codec} of ${name}. Convert the clip to H.264, VP9 or AV1.`,
  );

/** @param seconds where in the clip reading stopped */
export const brokenAt = (name: string, seconds: number, cause: unknown): Error =>
  new Error(
    `The clip ${name} is damaged or cut short: reading stopped at second ${seconds.toFixed(2)} (${because(cause)}). ` +
      'Get an undamaged copy, or shorten the run to end before that second.',
    { cause },
  );
