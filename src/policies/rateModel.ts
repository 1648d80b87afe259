/**
 * What the next interval will take, learnt on line: ln b(x) = ln b(ran) + Σ κ_i·s_i·(x_i − ran_i), with s_i from the
 * probes. A key frame's answer to a knob is not the interval's, so κ_i corrects it by what moves really did (normalised
 * least mean squares), and the spread of what is left over becomes the safety margin under a budget.
 */
import type { KnobName, PerKnob } from '../domain/knob.ts';

const LEARNING_RATE = 0.3;
const MIN_CORRECTION = 0.4;
const MAX_CORRECTION = 2.5;
/** A move smaller than this in ln(bytes) teaches nothing about slopes. */
const LEAST_TEACHING_MOVE = 0.03;
/** Memory of the residuals' spread, per interval. */
const SPREAD_MEMORY = 0.8;
const INITIAL_SPREAD = 0.06;
/** Residuals beyond this are scene changes, not noise. */
const LARGEST_RESIDUAL = 0.4;
/** Knobs that cost no bytes would make prices explode; below this a slope counts as this. */
const LEAST_SLOPE = 0.02;
/** Margin in standard deviations of the residuals, and its bounds, all in ln(bytes). */
const MARGIN_DEVIATIONS = 1.5;
const LEAST_MARGIN = 0.03;
const LARGEST_MARGIN = 0.3;

export interface RateModel {
  /** Tells the model what an interval took. Call before predicting the next. */
  observe(bandwidthKbps: number, ran: PerKnob, slopes: PerKnob): void;
  /** ∂ ln(bytes)/∂x, corrected. */
  slope(name: KnobName): number;
  /** Predicted bandwidth at a position, Kbps. */
  predict(positions: PerKnob): number;
  /** Notes what will run, so that the next observation teaches. */
  expect(positions: PerKnob): void;
  /** What to stay under, as a share of the budget, so that the spread seen so far rarely breaks it. */
  margin(): number;
}

export function createRateModel(): RateModel {
  let correction: Partial<Record<KnobName, number>> = {};
  let slopes: Partial<Record<KnobName, number>> = {};
  let ran: PerKnob = {};
  let logBandwidth = 0;
  let variance = INITIAL_SPREAD ** 2;
  let expected: { logBandwidth: number; moves: PerKnob } | undefined;

  const slope = (name: KnobName): number =>
    Math.max(LEAST_SLOPE, (slopes[name] ?? 0) * (correction[name] ?? 1));
  const movesTo = (positions: PerKnob): PerKnob =>
    Object.fromEntries(
      (Object.keys(positions) as KnobName[]).map((name) => [
        name,
        slope(name) * ((positions[name] ?? 0) - (ran[name] ?? 0)),
      ]),
    );
  const total = (moves: PerKnob): number => Object.values(moves).reduce((sum, move) => sum + move, 0);

  return {
    slope,
    observe(bandwidthKbps, ranAt, measuredSlopes) {
      logBandwidth = Math.log(Math.max(1e-3, bandwidthKbps));
      if (expected) {
        const residual = logBandwidth - expected.logBandwidth;
        const bounded = Math.min(LARGEST_RESIDUAL, Math.max(-LARGEST_RESIDUAL, residual));
        variance = SPREAD_MEMORY * variance + (1 - SPREAD_MEMORY) * bounded ** 2;
        const power = Object.values(expected.moves).reduce((sum, move) => sum + move * move, 0);
        if (power > LEAST_TEACHING_MOVE ** 2) {
          const next: Partial<Record<KnobName, number>> = { ...correction };
          for (const [name, move] of Object.entries(expected.moves) as [KnobName, number][]) {
            // The normalised step in κ: Δκ/κ = μ·e·move/Σ move².
            const changed = (correction[name] ?? 1) * (1 + (LEARNING_RATE * bounded * move) / power);
            next[name] = Math.min(MAX_CORRECTION, Math.max(MIN_CORRECTION, changed));
          }
          correction = next;
        }
      }
      ran = ranAt;
      slopes = { ...slopes, ...measuredSlopes };
    },
    predict: (positions) => Math.exp(logBandwidth + total(movesTo(positions))),
    expect(positions) {
      const moves = movesTo(positions);
      expected = { logBandwidth: logBandwidth + total(moves), moves };
    },
    margin: () =>
      Math.exp(-Math.min(LARGEST_MARGIN, Math.max(LEAST_MARGIN, MARGIN_DEVIATIONS * Math.sqrt(variance)))),
  };
}
