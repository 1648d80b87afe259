/** A configuration gives every knob a value of its ladder. */
import type { Codec } from './experiment.ts';
import {
  everyKnob,
  indexOfValue,
  KNOB_NAMES,
  restIndex,
  stepOf,
  valueAt,
  type FrameKnob,
  type Knob,
  type KnobName,
  type KnobValue,
  type PerKnob,
} from './knob.ts';

export const COLOURS = ['grey', 'colour'] as const;
/** Whether frames are sent with their chroma. */
export type Colour = (typeof COLOURS)[number];

export const ENHANCEMENTS = ['off', 'sharpen'] as const;
/** What is done to a decoded frame before the detector sees it. */
export type Enhancement = (typeof ENHANCEMENTS)[number];

/** What each knob stands at; the field of a knob is called as the knob. */
export interface Configuration {
  /** "WIDTHxHEIGHT" */
  readonly resolution: string;
  readonly quantizer: number;
  /** Frames a second. */
  readonly frameRate: number;
  /** Seconds from one key frame to the next; in between the stream goes on over the borders of intervals. */
  readonly keyFrameInterval: number;
  readonly codec: Codec;
  readonly colour: Colour;
  /** Least change against the last sent frame that a frame needs to be sent, by each feature, in % of the frame; 0: off. */
  readonly pixelFilter: number;
  readonly areaFilter: number;
  readonly edgeFilter: number;
  /** Size at which the detector sees a frame, "WIDTHxHEIGHT". */
  readonly inputSize: string;
  /** Name of the detector that looks: a member of the family, or the experiment's own. */
  readonly member: string;
  readonly enhancement: Enhancement;
  /** Least per cent of the frame's tiles at full quality (tiles.ts). */
  readonly tiles: number;
}

/** What decides which of the captured frames are sent. */
export type FrameChoice = Pick<Configuration, FrameKnob>;

export type Knobs = Readonly<Record<KnobName, Knob>>;

/** Builds a configuration from ladder indices; a knob left out stands where it rests. */
export function configurationAt(knobs: Knobs, indices: PerKnob): Configuration {
  const value = (name: KnobName): KnobValue => valueAt(knobs[name], indices[name] ?? restIndex(knobs[name]));
  // A ladder holds values of its knob's kind, as ladders.ts writes them.
  return everyKnob(value) as unknown as Configuration;
}

/**
 * The most expensive configuration: the reference of all accuracy. Its codec is the experiment's, since none of them is
 * the better one at every quantizer, and its frames are not enhanced.
 */
export const topConfiguration = (knobs: Knobs): Configuration => configurationAt(knobs, {});

/** Ladder indices of a configuration. @throws Error when a value is not on its ladder. */
export function indicesOf(knobs: Knobs, configuration: Configuration): Record<KnobName, number> {
  return everyKnob((name) => indexOfValue(knobs[name], configuration[name]));
}

/** The same as positions in [0, 1]. @throws Error when a value is not on its ladder. */
export function positionsOf(knobs: Knobs, configuration: Configuration): Record<KnobName, number> {
  const indices = indicesOf(knobs, configuration);
  return everyKnob((name) => indices[name] * stepOf(knobs[name]));
}

/** True when both configurations hold the same values. */
export const sameConfiguration = (a: Configuration, b: Configuration): boolean =>
  KNOB_NAMES.every((name) => a[name] === b[name]);

/**
 * The configuration with one knob moved along its ladder.
 * @returns undefined where the ladder ends
 */
export function neighbour(
  knobs: Knobs,
  configuration: Configuration,
  name: KnobName,
  offset: number,
): Configuration | undefined {
  const index = indexOfValue(knobs[name], configuration[name]) + offset;
  if (index < 0 || index >= knobs[name].values.length) return undefined;
  return configurationAt(knobs, { ...indicesOf(knobs, configuration), [name]: index });
}

/** Index of the newest sent frame at captured frame `index`; frame 0 of an interval is always sent. */
export function lastSentFrame(index: number, frameRate: number, captureFps: number): number {
  const rate = Math.min(frameRate, captureFps);
  return Math.ceil((Math.floor((index * rate) / captureFps) * captureFps) / rate);
}

/**
 * Which of an interval's captures are sent at a frame rate, if no filter drops them. Where a live run missed the capture whose turn it was, the
 * next one goes in its place.
 * @returns asked for each capture in order: is it sent?
 */
export function createFrameGate(frameRate: number, captureFps: number): (index: number) => boolean {
  let served = -1;
  return (index) => {
    const due = lastSentFrame(index, frameRate, captureFps);
    if (due <= served) return false;
    served = due;
    return true;
  };
}
