/**
 * `npm run fidelity -- FILE.json --out DIR`: how well do the estimators of AccGrad tell what a step of a knob really
 * changes? Takes the experiment's source, detector, knobs, seed and length; in place of its policy a seeded walk visits
 * configurations all over the ladders, and at each of them every step of every knob is measured by encoding, decoding and
 * detecting the whole interval at the neighbour. Writes fidelity.json and fidelity.html.
 */
import type { Experiment } from '../src/domain/experiment.ts';
import { buildFidelity, fidelityHtml, fidelityJson } from '../src/reports/index.ts';
import { runCommand } from './experiment/command.ts';

/** The walk stands in for the policy, without which changes on the way have no place; it needs every frame. */
const asWalk = (experiment: Experiment): Experiment => ({
  ...experiment,
  policy: { name: 'static', configuration: {} },
  edits: [],
  clock: 'virtual',
});

runCommand({
  name: 'fidelity',
  help: `Holds every estimator of AccGrad against what a step of a knob really changes, on a walk over the ladders of the
experiment's knobs, and writes fidelity.json and fidelity.html into DIR. Every interval is encoded and detected up to
seven times, so choose few "seconds" and "backend": "wasm".`,
  fidelity: true,
  prepare: asWalk,
  report: (result) => {
    const report = buildFidelity(result.info, result.intervals);
    const correlations = Object.entries(report.knobs).map(([knob, { estimators }]) => {
      const r = estimators.default?.pearsonAccuracy ?? null;
      return `${knob} ${r === null ? 'unknown' : r.toFixed(2)}`;
    });
    return {
      files: { 'fidelity.json': fidelityJson(report), 'fidelity.html': fidelityHtml(report) },
      line: `${report.intervals.length} intervals, Pearson correlation of the default estimate: ${correlations.join(', ')}`,
    };
  },
});
