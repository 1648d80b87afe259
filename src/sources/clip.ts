/**
 * A clip from a file as a source of frames: MP4, MOV, WebM or MKV, read frame by frame.
 *
 * Frame-exact: the frame shown at time t is the last one that begins at or before t, whatever the clip's frame
 * rate. A `<video>` element promises no such thing. Works in a dedicated worker (no DOM).
 */
import { BlobSource, Input, MATROSKA, MP4, QTFF, VideoSampleSink, WEBM } from 'mediabunny';
import type { InputVideoTrack, VideoSample } from 'mediabunny';
import type { Size } from '../domain/size.ts';
import type { Source, SourceFrame } from '../domain/source.ts';
import { brokenAt, noVideoTrack, notAClip, undecodable } from './clipErrors.ts';
import { uprightFrame } from './clipFrame.ts';

/** Rounding of container time bases: two times closer than this are the same, seconds. */
const SAME_TIME_SECONDS = 1e-4;

/** When the time asked for is further ahead than this, decoding starts anew at its key frame, seconds. */
const SEEK_AHEAD_SECONDS = 5;

/** A clip that ends this much before its stated length is a clip cut short, seconds. */
const MISSING_TAIL_SECONDS = 0.5;

/** What is known of the opened track. */
interface Track {
  readonly sink: VideoSampleSink;
  readonly size: Size;
  /** Timestamp of the first frame in the file: the clip's time 0, seconds. */
  readonly begin: number;
  /** End of the last frame as the file states it, seconds after `begin`. */
  readonly duration: number;
}

/**
 * Opens a clip.
 * @param file the bytes, for example the File that the user chose
 * @param name the file's name, for messages
 * @returns the source; `frameAt` throws in a full sentence where the file turns out damaged
 * @throws Error in a full sentence: not a clip, no picture in it, or a codec that this browser lacks
 */
export async function openClip(file: Blob, name: string): Promise<Source> {
  const input = new Input({ source: new BlobSource(file), formats: [MP4, QTFF, WEBM, MATROSKA] });
  try {
    return clipSource(await openTrack(input, name), name, () => input.dispose());
  } catch (error) {
    input.dispose();
    throw error;
  }
}

async function openTrack(input: Input, name: string): Promise<Track> {
  const track = await primaryTrack(input, name);
  if (!(await track.canDecode())) {
    const codec = (await track.getCodecParameterString()) ?? (await track.getCodec());
    throw undecodable(name, codec ?? String(await track.getInternalCodecId()));
  }
  try {
    const begin = Math.max(0, await track.getFirstTimestamp());
    return {
      sink: new VideoSampleSink(track),
      size: { width: await track.getDisplayWidth(), height: await track.getDisplayHeight() },
      begin,
      duration: (await statedEnd(input, track)) - begin,
    };
  } catch (error) {
    throw brokenAt(name, 0, error);
  }
}

async function primaryTrack(input: Input, name: string): Promise<InputVideoTrack> {
  let track: InputVideoTrack | null;
  try {
    track = await input.getPrimaryVideoTrack();
  } catch (error) {
    throw notAClip(name, error);
  }
  if (track === null) throw noVideoTrack(name);
  return track;
}

/**
 * End of the last frame, seconds. A file cut short still states its length, but in MKV and WebM the statement is
 * about the longest track, so it says something about the picture only where there is no other track.
 */
async function statedEnd(input: Input, track: InputVideoTrack): Promise<number> {
  const end = await track.computeDuration();
  const alone = (await input.getTracks()).length === 1;
  return alone ? Math.max(end, (await track.getDurationFromMetadata()) ?? 0) : end;
}

/** Walks the samples forward, holding the one on show and the one after it. */
function clipSource(track: Track, name: string, dispose: () => void): Source {
  let samples = track.sink.samples(track.begin);
  let shown: VideoSample | null = null;
  let next: VideoSample | null = null;
  let ended = false;
  let open = true;
  const isClosed = (): boolean => !open;
  /** Time between the last two frames read: WebM and MKV do not say how long the last frame is shown. */
  let lastGap = SAME_TIME_SECONDS;

  const secondsOf = (sample: VideoSample): number => Math.max(0, sample.timestamp - track.begin);

  const advance = async (): Promise<void> => {
    shown?.close();
    shown = next;
    next = null;
    let step: IteratorResult<VideoSample, void>;
    try {
      step = await samples.next();
    } catch (error) {
      if (isClosed()) return;
      throw brokenAt(name, shown === null ? 0 : secondsOf(shown), error);
    }
    if (step.done === true) ended = true;
    else if (isClosed()) step.value.close();
    else {
      next = step.value;
      if (shown !== null) lastGap = next.timestamp - shown.timestamp;
    }
  };

  const restartAt = async (seconds: number): Promise<void> => {
    await samples.return();
    shown?.close();
    next?.close();
    shown = next = null;
    samples = track.sink.samples(track.begin + seconds);
    await advance();
  };

  const frameAt = async (seconds: number): Promise<SourceFrame | null> => {
    if (isClosed()) throw new Error(`The clip ${name} is closed; open it again to read frames from it.`);
    if (shown === null && next === null && !ended) await advance();
    if (next !== null && seconds > secondsOf(next) + SEEK_AHEAD_SECONDS && seconds < track.duration) {
      await restartAt(seconds);
    }
    while (next !== null && (shown === null || secondsOf(next) <= seconds + SAME_TIME_SECONDS)) {
      await advance();
    }
    if (shown === null) {
      if (!isClosed()) throw brokenAt(name, 0, new Error('it holds no complete frame'));
      return null;
    }
    const begins = secondsOf(shown);
    if (next === null) {
      const end = begins + (shown.duration > 0 ? shown.duration : lastGap);
      if (end < track.duration - MISSING_TAIL_SECONDS && seconds >= end) {
        throw brokenAt(name, end, new Error(`${track.duration.toFixed(1)} s were promised`));
      }
      if (seconds >= end - SAME_TIME_SECONDS) return null;
    }
    return { frame: uprightFrame(shown, track.size), seconds: begins, truth: null };
  };

  return {
    size: track.size,
    durationSeconds: track.duration,
    live: false,
    frameAt,
    close: () => {
      if (isClosed()) return;
      open = false;
      shown?.close();
      next?.close();
      shown = next = null;
      void samples.return();
      dispose();
    },
  };
}
