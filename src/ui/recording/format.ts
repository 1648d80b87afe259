/**
 * The recorded run in public/recorded/: something true to look at while the live run is prepared.
 *
 * - `run.json`: this file's {@link Recording}; boxes as whole numbers, to be small.
 * - `frames.webm`: the decoded frames of the run, one after the other, {@link Recording.fps} a second.
 * - `heatmaps.bin`: all heat maps end to end, one signed byte a cell, see {@link encodeMap}.
 */
import type { Detection, TruthBox } from '../../domain/detection.ts';
import type { KnobName } from '../../domain/knob.ts';
import type { Size } from '../../domain/size.ts';
import type { WrittenReport } from '../../reports/older.ts';
import type { Heatmap } from '../../engine/events.ts';

export const RECORDING_VERSION = 1;

/** label index, score, x, y, width, height; the last five in {@link FRACTION}s. */
export type PackedBox = readonly [number, number, number, number, number, number];

/** Fractions of the frame and scores are kept to a thousandth: under a pixel of the frame. */
const FRACTION = 1000;

export interface RecordedFrame {
  readonly interval: number;
  readonly frame: number;
  readonly bytes: number;
  readonly accuracy: number;
  readonly detections: readonly PackedBox[];
  readonly reference: readonly PackedBox[];
  readonly truth: readonly PackedBox[] | null;
}

export interface PackedMap {
  readonly columns: number;
  readonly rows: number;
  /** Largest size of a value. */
  readonly max: number;
  /** Byte at which it begins in heatmaps.bin. */
  readonly offset: number;
}

export interface RecordedGradients {
  readonly interval: number;
  readonly dnnGrad: PackedMap;
  /** Absent in recordings of builds that took a pass every interval. */
  readonly dnnGradAge?: number;
  readonly knobs: Partial<
    Record<
      KnobName,
      { readonly inputGrad: PackedMap; readonly product: PackedMap; readonly neighbour: string }
    >
  >;
}

export interface Recording {
  readonly version: number;
  /** Frames of frames.webm in a second of it. */
  readonly fps: number;
  readonly captureSize: Size;
  readonly labels: readonly string[];
  /** As the build wrote it that recorded the run. */
  readonly report: WrittenReport;
  readonly frames: readonly RecordedFrame[];
  readonly gradients: readonly RecordedGradients[];
}

export function packBox(box: Detection | TruthBox, labels: string[]): PackedBox {
  let label = labels.indexOf(box.label);
  if (label < 0) label = labels.push(box.label) - 1;
  const score = 'score' in box ? box.score : 1;
  const [s, x, y, width, height] = [score, box.x, box.y, box.width, box.height].map((v) =>
    Math.round(v * FRACTION),
  );
  return [label, s ?? 0, x ?? 0, y ?? 0, width ?? 0, height ?? 0];
}

export function unpackBox(
  [label, score, x, y, width, height]: PackedBox,
  labels: readonly string[],
): Detection {
  return {
    label: labels[label] ?? '',
    score: score / FRACTION,
    x: x / FRACTION,
    y: y / FRACTION,
    width: width / FRACTION,
    height: height / FRACTION,
  };
}

/** Largest code of a signed byte. */
const TOP_CODE = 127;

/** One byte a cell on a square-root scale: heat maps have a few large values and many small ones. */
export function encodeMap({ values }: Heatmap): { readonly codes: Int8Array; readonly max: number } {
  const max = values.reduce((top, v) => Math.max(top, Math.abs(v)), 0);
  const code = (v: number): number =>
    max === 0 ? 0 : Math.sign(v) * Math.round(TOP_CODE * Math.sqrt(Math.abs(v) / max));
  return { codes: Int8Array.from(values, code), max };
}

export function decodeMap({ columns, rows, max, offset }: PackedMap, bytes: ArrayBuffer): Heatmap {
  const codes = new Int8Array(bytes, offset, columns * rows);
  const values = Float32Array.from(codes, (c) => Math.sign(c) * max * (c / TOP_CODE) ** 2);
  return { columns, rows, values };
}
