/**
 * Colour maps that people with any colour vision read in the same order. Both have a dark zero, because they are
 * laid over a picture: where nothing happens the picture only dims.
 *
 * Magnitudes: matplotlib's "inferno" (van der Walt and Smith, CC0), sampled. Signed values: blue – black – orange,
 * after Crameri's "berlin": hue tells the sign, lightness the size.
 */
export type Rgb = readonly [red: number, green: number, blue: number];
export type ColourMapName = 'magnitude' | 'signed' | 'accuracy';

const STOPS: Readonly<Record<ColourMapName, readonly Rgb[]>> = {
  magnitude: [
    [0, 0, 4],
    [27, 12, 65],
    [74, 12, 107],
    [120, 28, 109],
    [165, 44, 96],
    [207, 68, 70],
    [237, 105, 37],
    [251, 155, 6],
    [247, 209, 61],
    [252, 255, 164],
  ],
  signed: [
    [158, 202, 255],
    [74, 146, 222],
    [36, 87, 145],
    [18, 42, 70],
    [12, 12, 14],
    [74, 30, 10],
    [150, 66, 16],
    [226, 125, 44],
    [255, 200, 140],
  ],
  /** viridis: accuracy from low to high, on a plain ground. */
  accuracy: [
    [68, 1, 84],
    [72, 40, 120],
    [62, 74, 137],
    [49, 104, 142],
    [38, 130, 142],
    [31, 158, 137],
    [53, 183, 121],
    [110, 206, 88],
    [181, 222, 43],
    [253, 231, 37],
  ],
};

/** Colour at t in [0, 1], clamped; NaN is the colour of 0. */
export function colourAt(map: ColourMapName, t: number): Rgb {
  const stops = STOPS[map];
  const place = (Number.isNaN(t) ? 0 : Math.min(1, Math.max(0, t))) * (stops.length - 1);
  const low = Math.min(stops.length - 2, Math.floor(place));
  const from = stops[low] ?? [0, 0, 0];
  const to = stops[low + 1] ?? from;
  const mix = (i: 0 | 1 | 2): number => Math.round(from[i] + (to[i] - from[i]) * (place - low));
  return [mix(0), mix(1), mix(2)];
}

export const cssColour = (map: ColourMapName, t: number): string => `rgb(${colourAt(map, t).join(' ')})`;

/** A CSS gradient of the whole map, for legends. */
export function cssGradient(map: ColourMapName, direction = '90deg'): string {
  const steps = 12;
  const stops = Array.from({ length: steps + 1 }, (_, i) => cssColour(map, i / steps));
  return `linear-gradient(${direction}, ${stops.join(', ')})`;
}

const tables = new Map<ColourMapName, Uint8ClampedArray>();

/** 256 colours as RGB triples, computed once. */
export function colourTable(map: ColourMapName): Uint8ClampedArray {
  const known = tables.get(map);
  if (known) return known;
  const table = new Uint8ClampedArray(256 * 3);
  for (let i = 0; i < 256; i++) table.set(colourAt(map, i / 255), 3 * i);
  tables.set(map, table);
  return table;
}
