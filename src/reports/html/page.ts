/**
 * report.html: one self-contained file. It asks the network for nothing and runs no script; its Content Security
 * Policy says so to the browser as well.
 */
import type { Experiment, SourceSpec } from '../../domain/experiment.ts';
import { INTERVAL_SECONDS, type RunReport } from '../../domain/interval.ts';
import { embedReport } from '../embedded.ts';
import { buildFidelity } from '../fidelity/fidelity.ts';
import { fidelitySection } from '../fidelity/sections.ts';
import { charts } from './charts.ts';
import { escapeHtml, readable } from './escape.ts';
import { htmlPage } from './shell.ts';
import { environmentTable, experimentTable, intervalTable, summaryTable, summaryTiles } from './tables.ts';

/** A picture to show with the report, such as a heat map. */
export interface ReportPicture {
  readonly title: string;
  /** "data:image/…"; other addresses are refused. */
  readonly dataUrl: string;
  /** What its colours mean, where it is a heat map. */
  readonly scale?: PictureScale;
}

export interface PictureScale {
  readonly low: number;
  readonly high: number;
  readonly unit: string;
  /** From low to high, as CSS writes them. */
  readonly colours: readonly string[];
}

/**
 * The report as a page, with its report.json embedded so that the lab can open the page again.
 * @throws Error when a picture is not a data URL of an image
 */
export function reportHtml(report: RunReport, pictures: readonly ReportPicture[] = []): string {
  const { experiment, environment } = report;
  const title = `OneAdapt Lab: ${sourceName(experiment.source)}`;
  const body = `<header><h1>${escapeHtml(sourceName(experiment.source))}</h1>
<p>${escapeHtml(`Detector ${environment.detector.name}, policy ${experiment.policy.name}, ${budgetText(experiment)}, ${spanText(report)} on ${environment.backend}. OneAdapt Lab.`)}</p></header>
<main>
${environment.fallback === null ? '' : `<p class="card notice">${escapeHtml(environment.fallback)}</p>`}
${summaryTiles(report)}
<div class="grid2">${charts(report)}</div>
${pictureGrid(pictures)}
${report.intervals.some(({ fidelity }) => fidelity) ? fidelitySection(buildFidelity(report, report.intervals)) : ''}
<div class="columns">${summaryTable(report)}${environmentTable(report)}${experimentTable(report)}</div>
${intervalTable(report)}
<footer>Open this file in OneAdapt Lab (Open report) to look at the run again or to run its experiment again.</footer>
</main>
${embedReport(JSON.stringify(report))}`;
  return htmlPage(title, body);
}

function pictureGrid(pictures: readonly ReportPicture[]): string {
  if (pictures.length === 0) return '';
  const figures = pictures.map(({ title, dataUrl, scale }) => {
    if (!/^data:image\/(png|jpeg|webp);base64,[A-Za-z0-9+/=]+$/.test(dataUrl)) {
      throw new Error(`The picture "${title}" is not a data URL of a PNG, JPEG or WebP image.`);
    }
    const name = escapeHtml(title);
    return `<figure class="card"><figcaption><h3>${name}</h3>${scale ? scaleLine(scale) : ''}</figcaption><img alt="${name}" src="${dataUrl}"></figure>`;
  });
  return `<div class="grid2 pictures">${figures.join('')}</div>`;
}

function scaleLine({ low, high, unit, colours }: PictureScale): string {
  if (high === 0) return '<p class="scale">zero everywhere</p>';
  const bars = colours.map(
    (colour, i) => `<rect x="${i}" width="1.1" height="1" fill="${escapeHtml(colour)}"/>`,
  );
  const ramp = `<svg viewBox="0 0 ${colours.length} 1" preserveAspectRatio="none" aria-hidden="true">${bars.join('')}</svg>`;
  return `<p class="scale">${low < 0 ? '≤ ' : ''}${small(low)}${ramp}≥ ${small(high)} ${escapeHtml(unit)}</p>`;
}

/** Two digits, with a power of ten where the number is far from one. */
const small = (value: number): string => String(Number(value.toPrecision(2))).replace('-', '−');

export function sourceName(source: SourceSpec): string {
  switch (source.kind) {
    case 'scene':
      return `Scene ${source.preset}`;
    case 'clip':
      return `Clip ${source.file.split(/[\\/]/).at(-1) ?? source.file}`;
    case 'playlist':
      return `Playlist: ${source.items.map((item) => `${sourceName(item.source)} ${item.seconds} s`).join(', ')}`;
    case 'webcam':
      return 'Webcam';
    default:
      return source satisfies never;
  }
}

export function budgetText({ budget }: Pick<Experiment, 'budget'>): string {
  const parts = [
    ...(budget.bandwidthKbps === null ? [] : [`${readable(budget.bandwidthKbps)} kbps`]),
    ...(budget.gpuMsPerSecond === null ? [] : [`${readable(budget.gpuMsPerSecond)} ms/s of detector time`]),
  ];
  return parts.length === 0 ? 'no budget' : `budget ${parts.join(' and ')}`;
}

/** Live, the video goes on while an interval is worked on; every figure is of the seconds that were captured. */
function spanText({ experiment, intervals }: RunReport): string {
  const captured = `${intervals.length} intervals of one second`;
  const last = intervals.at(-1);
  if (experiment.clock === 'virtual' || !last) return captured;
  return `${captured} out of ${Math.ceil(last.startSeconds + INTERVAL_SECONDS)} s of live video, bandwidth per captured second,`;
}
