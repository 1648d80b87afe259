/** What is tried: a realisation of per-tile quality at a quantizer and a share of tiles. Plain data: it crosses processes. */
import type { Backend, DetectorSpec, SourceSpec } from '../../domain/experiment.ts';
import type { TileGrid } from '../../domain/tiles.ts';

/** How a tile's low quality is made. */
export type Realisation =
  /** One encoder, every tile at full quality. */
  | { readonly kind: 'plain' }
  /** What the lab does: two passes at fine quantizers, the filter at coarse ones. */
  | { readonly kind: 'byQuantizer' }
  /** Two passes of one encoder, the first with a coarser quantizer. */
  | { readonly kind: 'passes' }
  /** Before one encoder, given-up tiles lose detail; `freeze`: and stand still within an interval. */
  | { readonly kind: 'filter'; readonly shrink: number; readonly freeze: boolean }
  /** The whole frame small and coarse, and kept tiles on black in a second stream; composed at the server. */
  | { readonly kind: 'layers'; readonly shrink: number; readonly quantizerOffset: number };

/** Which tiles are given up. */
export type TrialRule =
  /** As a run does: where that pays and a second earlier would have saved enough. */
  | 'run'
  /** Where that pays beside the quantizer (domain/tiles.ts), by the last second alone. */
  | 'whereItPays'
  /** All but the share that is worth most. */
  | 'always';

export interface Trial {
  readonly name: string;
  readonly realisation: Realisation;
  readonly quantizer: number;
  /** Of the tiles that keep full quality, 0 … 1. */
  readonly share: number;
  readonly grid: TileGrid;
  readonly rule: TrialRule;
}

export interface TrialTask {
  readonly source: SourceSpec;
  readonly detector: DetectorSpec;
  readonly backend: Backend;
  readonly seed: number;
  readonly startSeconds: number;
  readonly seconds: number;
  /** Factor on the captured size at which everything is encoded. */
  readonly scale: number;
  /** Every so many captures are detected; all are encoded. */
  readonly detectedEvery: number;
  readonly trials: readonly Trial[];
}

/** One interval of one trial. */
export interface TrialInterval {
  readonly trial: number;
  readonly interval: number;
  /** Of all streams. */
  readonly bytes: number;
  readonly accuracy: number;
  /** Share of the tiles that kept full quality. */
  readonly kept: number;
}
