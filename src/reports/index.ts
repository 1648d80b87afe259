/** Experiments and reports as files: reading, checking, writing. */
export { reportCsv } from './csv.ts';
export { reportHtml, type ReportPicture } from './html/page.ts';
export { parseJsonc } from './jsonc.ts';
export { parseExperiment } from './parseExperiment.ts';
export { buildReport, parseReport, reportJson, type ReportedRun } from './report.ts';
