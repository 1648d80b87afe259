import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DEFAULT_ONEADAPT } from '../domain/experiment.ts';
import type { RunReport } from '../domain/interval.ts';
import { DEFAULT_KNOBS, KNOB_NAMES } from '../domain/knob.ts';
import { reports } from './fixtures.ts';
import { parseExperiment, parseReport, reportCsv, reportHtml, reportJson } from './index.ts';

const anyReport = reports(parseExperiment);

function sample(): RunReport {
  const [report] = fc.sample(
    anyReport.filter((r) => r.intervals.length > 3),
    { seed: 7, numRuns: 1 },
  );
  if (report === undefined) throw new Error('No sample.');
  return report;
}

describe('report.json', () => {
  test('reads back as it was written', () => {
    fc.assert(
      fc.property(anyReport, (report) => {
        expect(parseReport(reportJson(report))).toEqual(report);
      }),
    );
  });

  test('refuses what is no report of this version, in a sentence', () => {
    expect(() => parseReport('hello')).toThrow(
      /^This file is not a OneAdapt Lab report: it is not JSON\..*\.$/,
    );
    expect(() => parseReport('{"a": 1}')).toThrow('it has no "schemaVersion"');
    expect(() => parseReport('null')).toThrow('it has no "schemaVersion"');
    expect(() => parseReport('{"schemaVersion": 2}')).toThrow(
      'This report has schema version 2, but this build reads version 1.',
    );
    const broken = { ...sample(), intervals: [{ index: 0 }] };
    expect(() => parseReport(JSON.stringify(broken))).toThrow(
      'The report: intervals[0].startSeconds is missing; it must be a number.',
    );
  });

  test('of a build with three knobs opens: the others stood where they rest, and its experiment is as it was', () => {
    const written = JSON.parse(readFileSync('src/reports/threeKnobs.json', 'utf8')) as RunReport;
    expect(Object.keys(written.ladders)).toEqual(DEFAULT_KNOBS);
    const read = parseReport(JSON.stringify(written));
    const policy = { ...written.experiment.policy, backwardShare: null, calibrated: false };
    expect(read.experiment).toEqual(parseExperiment({ ...written.experiment, policy }));
    expect(read.experiment.knobs).toEqual(DEFAULT_KNOBS);
    expect(Object.keys(read.ladders).sort()).toEqual([...KNOB_NAMES].sort());
    read.intervals.forEach((interval, i) => {
      const filters = { pixelFilter: 0, areaFilter: 0, edgeFilter: 0 };
      const rest = {
        ...{ keyFrameInterval: 1, codec: written.experiment.codec, colour: 'colour', tiles: 100 },
        ...{ inputSize: '480x288', member: 'default', enhancement: 'off' },
        ...filters,
      };
      expect(interval.configuration).toEqual({ ...written.intervals[i]?.configuration, ...rest });
    });
    expect(read.summary).toMatchObject(written.summary);
    const av1 = { ...written, experiment: { ...written.experiment, codec: 'av1' } };
    expect(parseReport(JSON.stringify(av1)).intervals[0]?.configuration.codec).toBe('av1');
  });

  test('drops keys of later builds', () => {
    const report = sample();
    const later = { ...report, summary: { ...report.summary, energy: 3 }, mood: 'good' };
    expect(parseReport(JSON.stringify(later))).toEqual(report);
  });
});

describe('a report of an earlier build', () => {
  test('says that OneAdapt took a backward pass every interval, as it did then', () => {
    const report = sample();
    const before = Object.fromEntries(
      Object.entries(DEFAULT_ONEADAPT).filter(([key]) => key !== 'backwardShare' && key !== 'calibrated'),
    );
    const policy = { name: 'oneadapt' as const, ...before };
    const edits = [{ interval: 0, moment: 'during' as const, policy }];
    const earlier = { ...report, experiment: { ...report.experiment, policy, edits } };
    const { experiment } = parseReport(JSON.stringify(earlier));
    const then = { ...policy, backwardShare: null, calibrated: false };
    expect(experiment.policy).toEqual(then);
    expect(experiment.edits).toEqual([{ ...edits[0], policy: then }]);
  });
});

describe('timeline.csv', () => {
  test('has a row an interval, all of equal length, ended as RFC 4180 says', () => {
    fc.assert(
      fc.property(anyReport, (report) => {
        const csv = reportCsv(report);
        expect(csv.endsWith('\r\n')).toBe(true);
        const rows = csv
          .trimEnd()
          .split('\r\n')
          .map((row) => row.split(','));
        expect(rows).toHaveLength(report.intervals.length + 1);
        const [header = []] = rows;
        expect(new Set(rows.map((row) => row.length))).toEqual(new Set([header.length]));
        report.intervals.forEach((interval, i) => {
          expect(Number(rows[i + 1]?.[header.indexOf('bandwidth_kbps')])).toBe(interval.bandwidthKbps);
        });
      }),
    );
  });

  test('quotes what needs quotes', () => {
    const report = sample();
    const [first] = report.intervals;
    if (first === undefined) throw new Error('The sample is empty.');
    const odd = { ...first, configuration: { ...first.configuration, resolution: 'a,"b"' } };
    expect(reportCsv({ ...report, intervals: [odd] })).toContain('"a,""b"""');
  });
});

describe('report.html', () => {
  const PNG = 'data:image/png;base64,iVBORw0KGgo=';

  test('opens again like its report.json', () => {
    fc.assert(
      fc.property(anyReport, (report) => {
        expect(parseReport(reportHtml(report))).toEqual(report);
      }),
      {
        numRuns: 30,
      },
    );
  });

  test('asks the network for nothing and draws every chart', () => {
    const html = reportHtml(sample(), [{ title: 'DNNGrad', dataUrl: PNG }]);
    expect(html).not.toMatch(/(src|href|url)\s*[=(]\s*["']?(https?:|\/)/);
    for (const title of [
      'Accuracy',
      'Bandwidth',
      'Detector time',
      'Prices',
      'Resolution',
      'Quantizer',
      'Frame rate',
    ]) {
      expect(html).toContain(`<h3>${title}</h3>`);
    }
    for (const unit of ['F1', 'kbps', 'ms/s', 'change of utility per candidate detection, per full ladder']) {
      expect(html).toContain(`>${unit}</text>`);
    }
    expect(html).not.toMatch(/NaN|Infinity|undefined/);
    expect(html).toContain(`alt="DNNGrad" src="${PNG}"`);
  });

  test('lets no text of a report become markup', () => {
    const report = sample();
    const evil = `</script><script>alert(1)</script><img src=x onerror='alert(2)'>"&`;
    const html = reportHtml(
      {
        ...report,
        experiment: { ...report.experiment, source: { kind: 'clip', file: evil }, detector: evil },
        environment: { ...report.environment, adapter: evil, fallback: evil, versions: { [evil]: evil } },
      },
      [{ title: evil, dataUrl: PNG }],
    );
    expect(html.match(/<script/g)).toHaveLength(1);
    expect(html).not.toContain('<img src=x');
    expect(() => reportHtml(report, [{ title: 'x', dataUrl: 'javascript:alert(1)' }])).toThrow(
      'not a data URL',
    );
  });
});
