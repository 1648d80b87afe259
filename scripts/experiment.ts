/**
 * `npm run experiment -- FILE.json --out DIR`: runs an experiment in headless Chromium and writes report.json,
 * timeline.csv and report.html.
 */
import { buildReport, reportCsv, reportHtml, reportJson } from '../src/reports/index.ts';
import { runCommand } from './experiment/command.ts';

runCommand({
  name: 'experiment',
  help: `Runs the experiment of FILE.json in headless Chromium and writes report.json, timeline.csv and report.html into DIR.
The README's "Without a person" lists what an experiment may say.`,
  fidelity: false,
  report: (result) => {
    const report = buildReport(result.info, result.intervals);
    const { accuracy, bandwidthKbps, intervals } = report.summary;
    return {
      files: {
        'report.json': reportJson(report),
        'timeline.csv': reportCsv(report),
        'report.html': reportHtml(report, result.pictures),
      },
      line: `${intervals} intervals, accuracy ${accuracy.toFixed(3)}, ${bandwidthKbps.toFixed(0)} kbps`,
    };
  },
});
