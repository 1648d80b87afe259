/** fidelity.html: one self-contained page with every scatter plot and the table; no script, nothing from the network. */
import { KNOB_LABELS } from '../../domain/knob.ts';
import { escapeHtml } from '../html/escape.ts';
import { sourceName } from '../html/page.ts';
import { htmlPage } from '../html/shell.ts';
import { environmentTable, experimentTable } from '../html/tables.ts';
import { estimatorsOf, measuredKnobs, type FidelityReport } from './fidelity.ts';
import { costTable, fidelityTable, knobPlots, LEGEND, levelPlots } from './sections.ts';

export function fidelityHtml(report: FidelityReport): string {
  const { experiment, environment, intervals, samples } = report;
  const name = sourceName(experiment.source);
  const lead =
    `How well the estimators of AccGrad tell what a step really changes: ${intervals.length} intervals of one second on a ` +
    `seeded walk over the ladders, ${samples.length} steps measured by encoding, decoding and detecting the whole interval ` +
    `at the neighbour. Detector ${environment.detector.name} on ${environment.backend}.`;
  const plots = measuredKnobs(samples)
    .map((knob) => {
      const estimators = estimatorsOf(samples.filter((sample) => sample.knob === knob));
      return `<h2>${KNOB_LABELS[knob]}</h2><div class="grid2">${knobPlots(report, knob, estimators)}</div>`;
    })
    .join('');
  const body = `<header><h1>${escapeHtml(`Fidelity: ${name}`)}</h1><p>${escapeHtml(lead)}</p></header>
<main>
${fidelityTable(report)}
${costTable(report)}
${plots}
${levelPlots(report)}
<div class="columns">${environmentTable(report)}${experimentTable(report)}</div>
<footer>${LEGEND}</footer>
</main>`;
  return htmlPage(`OneAdapt Lab, fidelity: ${name}`, body);
}
