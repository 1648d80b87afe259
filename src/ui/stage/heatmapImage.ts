/**
 * A heat map as a small picture: one pixel a cell, coloured once and kept, enlarged by the canvas that draws it.
 * Colouring a few thousand cells takes a fraction of a millisecond, so the main thread is never held.
 */
import type { Heatmap } from '../../engine/events.ts';
import { colourTable, cssColour, type ColourMapName } from './colourMaps.ts';

/** Values at the two ends of the colour map. */
export interface HeatRange {
  readonly min: number;
  readonly max: number;
}

/** Share of cells that may lie beyond the end of the colour map, so that one bright cell does not darken all. */
const CLIPPED_SHARE = 0.01;

/** Colours of a legend. */
const SCALE_COLOURS = 24;

const ranges = new WeakMap<Heatmap, HeatRange>();
const pictures = new WeakMap<Heatmap, OffscreenCanvas>();

/**
 * 0 … 99th percentile for magnitudes, symmetric about 0 for signed values.
 */
export function heatRange(heatmap: Heatmap, map: ColourMapName): HeatRange {
  const known = ranges.get(heatmap);
  if (known) return known;
  const sizes = Float32Array.from(heatmap.values, (v) => Math.abs(v)).sort();
  const top = sizes[Math.max(0, Math.ceil(sizes.length * (1 - CLIPPED_SHARE)) - 1)] ?? 0;
  const max = top > 0 ? top : (sizes.at(-1) ?? 0);
  const range = { min: map === 'signed' ? -max : 0, max };
  ranges.set(heatmap, range);
  return range;
}

/** Place of a value on the colour map, in [0, 1]. */
export function placeOnMap(value: number, range: HeatRange): number {
  const span = range.max - range.min;
  return span === 0 ? (range.min < 0 ? 0.5 : 0) : (value - range.min) / span;
}

/** The coloured cells. A map of zeros is the colour of zero everywhere. */
export function heatmapImage(heatmap: Heatmap, map: ColourMapName): OffscreenCanvas {
  const known = pictures.get(heatmap);
  if (known) return known;
  const canvas = new OffscreenCanvas(heatmap.columns, heatmap.rows);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('This browser gives no 2-D canvas. Close other tabs and reload the page.');
  const image = context.createImageData(heatmap.columns, heatmap.rows);
  const table = colourTable(map);
  const range = heatRange(heatmap, map);
  const middle = map === 'signed' ? 128 : 0;
  heatmap.values.forEach((value, cell) => {
    const place = range.max === 0 ? middle : Math.round(255 * placeOnMap(value, range));
    const entry = 3 * Math.min(255, Math.max(0, place));
    image.data[4 * cell] = table[entry] ?? 0;
    image.data[4 * cell + 1] = table[entry + 1] ?? 0;
    image.data[4 * cell + 2] = table[entry + 2] ?? 0;
    image.data[4 * cell + 3] = 255;
  });
  context.putImageData(image, 0, 0);
  pictures.set(heatmap, canvas);
  return canvas;
}

/** What the colours of a heat map mean: the two ends and the colours between them. */
export function heatScale(heatmap: Heatmap, map: ColourMapName) {
  const { min, max } = heatRange(heatmap, map);
  const colours = Array.from({ length: SCALE_COLOURS }, (_, i) => cssColour(map, i / (SCALE_COLOURS - 1)));
  return { low: min, high: max, colours };
}

/** Value of the cell under a point given in fractions of the frame; null outside. */
export function valueAtPoint(heatmap: Heatmap, x: number, y: number): number | null {
  if (x < 0 || y < 0 || x >= 1 || y >= 1) return null;
  const cell = Math.floor(y * heatmap.rows) * heatmap.columns + Math.floor(x * heatmap.columns);
  return heatmap.values[cell] ?? null;
}
