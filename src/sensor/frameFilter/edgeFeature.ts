/**
 * Reducto's "edge" (SIGCOMM 2020): the share of pixels that are an edge in one frame and not in the other. Edges are
 * Canny's (1986) with the thresholds of the authors' code.
 */
import type { Luma } from './luma.ts';

/** Of |∂x| + |∂y| by Sobel: what goes on an edge, and what begins one. */
const WEAK = 101;
const STRONG = 255;

/** 1 where an edge is. */
export interface Edges {
  readonly values: Uint8Array;
}

/** Made once a frame. */
export function edgesOf({ size, values }: Luma): Edges {
  const { width, height } = size;
  const at = (x: number, y: number): number =>
    values[Math.min(height - 1, Math.max(0, y)) * width + Math.min(width - 1, Math.max(0, x))] ?? 0;
  const strength = new Float32Array(values.length);
  /** 0 →, 1 ↗, 2 ↑, 3 ↖ */
  const direction = new Uint8Array(values.length);
  for (let y = 0, i = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1, i += 1) {
      const dx =
        at(x + 1, y - 1) +
        2 * at(x + 1, y) +
        at(x + 1, y + 1) -
        at(x - 1, y - 1) -
        2 * at(x - 1, y) -
        at(x - 1, y + 1);
      const dy =
        at(x - 1, y + 1) +
        2 * at(x, y + 1) +
        at(x + 1, y + 1) -
        at(x - 1, y - 1) -
        2 * at(x, y - 1) -
        at(x + 1, y - 1);
      strength[i] = Math.abs(dx) + Math.abs(dy);
      // Of what is no edge nobody asks the direction, and arctangents are slow.
      if ((strength[i] ?? 0) > WEAK)
        direction[i] = ((Math.round((4 * Math.atan2(dy, dx)) / Math.PI) % 4) + 4) % 4;
    }
  }
  return { values: linked(strength, thinned(strength, direction, width, height), width) };
}

const ACROSS = [
  [1, 0],
  [1, 1],
  [0, 1],
  [-1, 1],
] as const;

/** Indices of pixels that are strongest across their edge; the border has no neighbours to compare with. */
function thinned(strength: Float32Array, direction: Uint8Array, width: number, height: number): Set<number> {
  const kept = new Set<number>();
  for (let y = 1; y < height - 1; y += 1) {
    for (let x = 1; x < width - 1; x += 1) {
      const i = y * width + x;
      const own = strength[i] ?? 0;
      if (own <= WEAK) continue;
      const [sx, sy] = ACROSS[direction[i] ?? 0] ?? [0, 0];
      const step = sy * width + sx;
      if (own > (strength[i - step] ?? 0) && own >= (strength[i + step] ?? 0)) kept.add(i);
    }
  }
  return kept;
}

/** Edges grow from strong pixels along weak ones. */
function linked(strength: Float32Array, candidates: Set<number>, width: number): Uint8Array {
  const edges = new Uint8Array(strength.length);
  const open = [...candidates].filter((i) => (strength[i] ?? 0) > STRONG);
  for (let i = open.pop(); i !== undefined; i = open.pop()) {
    if (edges[i] === 1) continue;
    edges[i] = 1;
    for (const row of [-width, 0, width]) {
      for (const column of [-1, 0, 1]) {
        const next = i + row + column;
        if (candidates.has(next) && edges[next] === 0) open.push(next);
      }
    }
  }
  return edges;
}

export function edgeDifference(a: Edges, b: Edges): number {
  let changed = 0;
  for (let i = 0; i < a.values.length; i += 1) if (a.values[i] !== b.values[i]) changed += 1;
  return changed / a.values.length;
}
