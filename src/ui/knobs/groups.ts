/** The knobs by what they are, in the order in which the road of the data meets them. */
import { KNOB_NAMES, type KnobName } from '../../domain/knob.ts';

export const KNOB_GROUPS = ['Encoding', 'Tiles', 'Frame filter', 'Server'] as const;
export type KnobGroup = (typeof KNOB_GROUPS)[number];

const GROUP_OF: Readonly<Record<KnobName, KnobGroup>> = {
  resolution: 'Encoding',
  quantizer: 'Encoding',
  frameRate: 'Encoding',
  keyFrameInterval: 'Encoding',
  codec: 'Encoding',
  colour: 'Encoding',
  pixelFilter: 'Frame filter',
  areaFilter: 'Frame filter',
  edgeFilter: 'Frame filter',
  inputSize: 'Server',
  member: 'Server',
  enhancement: 'Server',
  tiles: 'Tiles',
};

/** Those of the knobs that are of one kind. */
export const ofGroup = (names: readonly KnobName[], group: KnobGroup): readonly KnobName[] =>
  KNOB_NAMES.filter((name) => GROUP_OF[name] === group && names.includes(name));
