/** Experiments and reports as files: reading, checking, writing. */
export {
  buildComparison,
  comparisonJson,
  isComparison,
  parseComparison,
  type Compared,
} from './comparison/comparison.ts';
export { comparisonHtml } from './comparison/comparisonHtml.ts';
export { comparisonCsv, reportCsv } from './csv.ts';
export { embeddedReport } from './embedded.ts';
export { buildFidelity, fidelityJson, type FidelityReport } from './fidelity/fidelity.ts';
export { ablationMarkdown, type FidelityRun } from './fidelity/ablation.ts';
export { fidelityHtml } from './fidelity/fidelityHtml.ts';
export { readFidelity } from './fidelity/readFidelity.ts';
export { reportHtml, type ReportPicture } from './html/page.ts';
export { isObject, parseJsonc } from './jsonc.ts';
export { parseExperiment } from './parseExperiment.ts';
export { buildReport, parseReport, reportJson, type ReportedRun } from './report.ts';
