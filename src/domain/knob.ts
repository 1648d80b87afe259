/**
 * A knob is a discrete choice of the video pipeline, listed from cheap to expensive. The policies move each knob
 * as a position in [0, 1], where 1 is the most expensive value (OneAdapt, SoCC 2023, section 4).
 */
export const KNOB_NAMES = [
  'resolution',
  'quantizer',
  'frameRate',
  'keyFrameInterval',
  'codec',
  'colour',
  'pixelFilter',
  'areaFilter',
  'edgeFilter',
  'inputSize',
  'member',
  'enhancement',
  'tiles',
] as const;
export type KnobName = (typeof KNOB_NAMES)[number];
export type KnobValue = string | number;

/** The thresholds of the frame filter: solved by enumeration, where the others climb a gradient. */
export const FILTER_KNOBS = [
  'pixelFilter',
  'areaFilter',
  'edgeFilter',
] as const satisfies readonly KnobName[];
export type FilterKnob = (typeof FILTER_KNOBS)[number];

/** What decides which of the captured frames are sent. */
export const FRAME_KNOBS = ['frameRate', ...FILTER_KNOBS] as const;
export type FrameKnob = (typeof FRAME_KNOBS)[number];

export const isFilterKnob = (name: KnobName): name is FilterKnob =>
  FILTER_KNOBS.some((filter) => filter === name);

export const isFrameKnob = (name: KnobName): name is FrameKnob => FRAME_KNOBS.some((knob) => knob === name);

/** Those that a policy may move where an experiment names none. */
export const DEFAULT_KNOBS: readonly KnobName[] = ['resolution', 'quantizer', 'frameRate'];

/** As a person reads them. */
export const KNOB_LABELS: Readonly<Record<KnobName, string>> = {
  resolution: 'Resolution',
  quantizer: 'Quantizer',
  frameRate: 'Frame rate',
  keyFrameInterval: 'Key frames',
  codec: 'Codec',
  colour: 'Colour',
  pixelFilter: 'Pixel filter',
  areaFilter: 'Area filter',
  edgeFilter: 'Edge filter',
  inputSize: 'Input size',
  member: 'Member',
  enhancement: 'Enhancement',
  tiles: 'Tiles',
};

export interface Knob {
  readonly name: KnobName;
  /** As a person reads it: "Resolution". */
  readonly label: string;
  /** One sentence for the tooltip. */
  readonly meaning: string;
  /** Unit of the values, '' where they have none. */
  readonly unit: string;
  /** The ladder, cheap to expensive; a single value where there is nothing to choose. */
  readonly values: readonly KnobValue[];
  /** Where it stands when nobody moves it; absent: at its most expensive value. */
  readonly rest?: KnobValue;
  /**
   * May two neighbours run in turn, so that their mean is the position? `withKeyFrames`: a change starts a new stream, so
   * only where every interval starts with a key frame anyway. `never`: the change itself costs bytes or is seen.
   */
  readonly inTurn: 'always' | 'withKeyFrames' | 'never';
}

/** One number per knob: a position, a gradient, a step. */
export type PerKnob<T = number> = Readonly<Partial<Record<KnobName, T>>>;

/** One of something for every knob. */
export const everyKnob = <T>(make: (name: KnobName) => T): Record<KnobName, T> =>
  Object.fromEntries(KNOB_NAMES.map((name) => [name, make(name)])) as Record<KnobName, T>;

/** Ladder index of a value. @throws Error when the ladder does not hold it. */
export function indexOfValue(knob: Knob, value: KnobValue): number {
  const index = knob.values.indexOf(value);
  if (index < 0) {
    throw new Error(`${knob.label} has no value ${value}. Use one of: ${knob.values.join(', ')}.`);
  }
  return index;
}

/** The value at a ladder index, clamped into the ladder. */
export function valueAt(knob: Knob, index: number): KnobValue {
  const clamped = Math.min(knob.values.length - 1, Math.max(0, Math.round(index)));
  const value = knob.values[clamped];
  if (value === undefined) throw new Error(`${knob.label} has an empty ladder.`);
  return value;
}

/** Ladder index at which a knob stands when nobody moves it. */
export const restIndex = (knob: Knob): number =>
  knob.rest === undefined ? knob.values.length - 1 : indexOfValue(knob, knob.rest);

/** Distance of two neighbours on the position axis: δ = 1/(n − 1). */
export function stepOf(knob: Knob): number {
  return 1 / Math.max(1, knob.values.length - 1);
}

/** Two positions half a step to either side, for a difference quotient; at the ladder's ends one-sided. */
export const aroundPosition = (position: number, step: number): [below: number, above: number] => [
  Math.max(0, position - step / 2),
  Math.min(1, position + step / 2),
];
