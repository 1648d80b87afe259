/** How each policy looks, the same in every chart of a comparison: colour, dashes and mark, so that none hangs on colour alone. */
import type { Contender } from '../../domain/comparison.ts';
import { RIVAL_NAMES } from '../../domain/experiment.ts';

export const LOOKS = ['oneadapt', 'published', 'static', ...RIVAL_NAMES] as const;
/** Its colour is the style sheets' `--policy-…`. */
export type Look = (typeof LOOKS)[number];

/** Of lines, as SVG writes them; undefined: drawn through. */
export const DASHES: Readonly<Record<Look, string | undefined>> = {
  oneadapt: undefined,
  published: '6 3',
  static: '1.5 2.5',
  chameleon: '9 3',
  awstream: '5 2 1.5 2',
  reducto: '3 2',
  eaar: '9 2 2 2 2 2',
  accmpeg: '12 3',
  dds: '4 4',
};

/** Marks about (0, 0), some 5 px in radius, as SVG paths. */
export const MARKS: Readonly<Record<Look, string>> = {
  oneadapt: 'M0-5.2A5.2 5.2 0 1 1 0 5.2 5.2 5.2 0 1 1 0-5.2z',
  published: 'M0-5.2A5.2 5.2 0 1 1 0 5.2 5.2 5.2 0 1 1 0-5.2zM0-2A2 2 0 1 0 0 2 2 2 0 1 0 0-2z',
  static: 'M-4.4-4.4H4.4V4.4H-4.4z',
  chameleon: 'M0-5.8L5.8 0 0 5.8-5.8 0z',
  awstream: 'M0-5.6L5.6 4.6H-5.6z',
  reducto: 'M0 5.6L5.6-4.6H-5.6z',
  eaar: 'M-1.8-5.4H1.8V-1.8H5.4V1.8H1.8V5.4H-1.8V1.8H-5.4V-1.8H-1.8z',
  accmpeg: 'M0-5.6L5.4-1.6 3.3 4.6H-3.3L-5.4-1.6z',
  dds: 'M-5.2-2.8L-2.8-5.2 0-2.4 2.8-5.2 5.2-2.8 2.4 0 5.2 2.8 2.8 5.2 0 2.4-2.8 5.2-5.2 2.8-2.4 0z',
};

/** OneAdapt with a pass every interval by Adam is the published one. */
const naturalLook = ({ policy }: Contender): Look =>
  policy.name === 'oneadapt' && policy.rule === 'adam' ? 'published' : policy.name;

/**
 * A look for each contender: its policy's own, or a free one where that is taken. Where there are more of them than looks, as in a sweep's cell,
 * none can be told by it alone, and each has its policy's.
 */
export function looksOf(contenders: readonly Contender[]): Look[] {
  const natural = contenders.map(naturalLook);
  if (natural.length > LOOKS.length) return natural;
  const free = LOOKS.filter((look) => !natural.includes(look));
  return natural.map((look, i) => (natural.indexOf(look) === i ? look : (free.shift() ?? look)));
}
