/**
 * Makes the recorded run of public/recorded/: a real run in virtual time, watched and packed. Loaded by
 * scripts/recordRun.ts from the development server; the built page does not contain it.
 */
import { BufferTarget, CanvasSource, Output, Quality, WebMOutputFormat } from 'mediabunny';
import type { Budget } from '../../domain/budget.ts';
import { INTERVAL_SECONDS, type IntervalRecord } from '../../domain/interval.ts';
import { CAPTURE_FPS } from '../../domain/ladders.ts';
import type { FrameView, GradientView, Heatmap, RunInfo } from '../../engine/events.ts';
import { startRun } from '../../engine/run.ts';
import { buildReport, parseExperiment } from '../../reports/index.ts';
import {
  encodeMap,
  packBox,
  RECORDING_VERSION,
  type PackedMap,
  type RecordedFrame,
  type RecordedGradients,
  type Recording,
} from './format.ts';

export interface RecordingOrder {
  /** The experiment, as a file of the command line would say it. */
  readonly experiment: unknown;
  /** A drag of the budget by hand, as a user would do it: from this interval on. */
  readonly drag: { readonly interval: number; readonly budget: Budget } | null;
  /** Bits a second of frames.webm. */
  readonly videoBitrate: number;
}

export interface RecordedFiles {
  readonly runJson: string;
  readonly framesBase64: string;
  readonly heatmapsBase64: string;
}

/** Packs everything that a run shows, in the order in which it comes. */
class Packer {
  readonly frames: RecordedFrame[] = [];
  readonly gradients: RecordedGradients[] = [];
  readonly intervals: IntervalRecord[] = [];
  readonly labels: string[] = [];
  private readonly maps: Int8Array[] = [];
  private mapBytes = 0;

  addFrame(view: FrameView): void {
    const pack = (boxes: FrameView['reference']) => boxes.map((b) => packBox(b, this.labels));
    this.frames.push({
      interval: view.intervalIndex,
      frame: view.frameIndex,
      bytes: view.bytes,
      accuracy: Number(view.accuracy.toFixed(4)),
      detections: pack(view.detections),
      reference: pack(view.reference),
      truth: view.truth?.filter((b) => !b.ignored).map((b) => packBox(b, this.labels)) ?? null,
    });
  }

  addGradients(view: GradientView): void {
    const knobs = Object.entries(view.knobs).flatMap(([name, { maps, neighbour }]) => {
      if (!maps) return [];
      const { inputGrad, product } = maps;
      return [[name, { inputGrad: this.addMap(inputGrad), product: this.addMap(product), neighbour }]];
    });
    this.gradients.push({
      interval: view.intervalIndex,
      dnnGrad: this.addMap(view.dnnGrad),
      dnnGradAge: view.dnnGradAge,
      knobs: Object.fromEntries(knobs) as RecordedGradients['knobs'],
    });
  }

  heatmaps(): Blob {
    return new Blob(this.maps.map((codes) => codes.slice()));
  }

  private addMap(heatmap: Heatmap): PackedMap {
    const { codes, max } = encodeMap(heatmap);
    const offset = this.mapBytes;
    this.maps.push(codes);
    this.mapBytes += codes.byteLength;
    return { columns: heatmap.columns, rows: heatmap.rows, max, offset };
  }
}

/** The frames one after the other in a WebM, each at its time; a frame that was not sent repeats the last. */
function createFilm(width: number, height: number, bitrate: number) {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('This browser gives no 2-D canvas.');
  const target = new BufferTarget();
  const output = new Output({ format: new WebMOutputFormat(), target });
  const source = new CanvasSource(canvas, {
    codec: 'vp9',
    quality: new Quality({ bitrate }),
    keyFrameInterval: 5,
  });
  output.addVideoTrack(source, { frameRate: CAPTURE_FPS });
  const started = output.start();
  let count = 0;
  return {
    async add(image: ImageBitmap | null): Promise<void> {
      await started;
      if (image) context.drawImage(image, 0, 0, width, height);
      image?.close();
      await source.add(count / CAPTURE_FPS, 1 / CAPTURE_FPS);
      count += 1;
    },
    async finish(): Promise<ArrayBuffer> {
      await output.finalize();
      if (!target.buffer) throw new Error('The film of the recorded run came out empty.');
      return target.buffer;
    },
  };
}

async function base64(blob: Blob): Promise<string> {
  const reader = new FileReader();
  const loaded = new Promise((resolve) => reader.addEventListener('load', resolve));
  reader.readAsDataURL(blob);
  await loaded;
  return typeof reader.result === 'string' ? (reader.result.split(',')[1] ?? '') : '';
}

/** @throws Error in the run's own words when it fails */
export async function record(order: RecordingOrder): Promise<RecordedFiles> {
  const experiment = { ...parseExperiment(order.experiment), clock: 'virtual' as const };
  const packer = new Packer();
  let info: RunInfo | undefined;
  let film: ReturnType<typeof createFilm> | undefined;
  let filmed: Promise<void> = Promise.resolve();
  let fault: string | undefined;
  const run = startRun(
    experiment,
    {},
    {
      onProgress: () => undefined,
      onReady: (ready) => {
        info = ready;
        film = createFilm(ready.captureSize.width, ready.captureSize.height, order.videoBitrate);
      },
      onState: () => undefined,
      onStage: () => undefined,
      onNotice: (message) => console.info(message),
      onPlannedEdit: () => undefined,
      onMeasuring: () => undefined,
      onWork: () => undefined,
      onFidelity: () => undefined,
      onError: (message) => (fault = message),
      onFrame: (view) => {
        packer.addFrame(view);
        filmed = filmed.then(() => film?.add(view.image));
      },
      onGradients: (view) => packer.addGradients(view),
      onInterval: (interval) => {
        packer.intervals.push(interval);
        console.info(`interval ${interval.index + 1}: ${Math.round(interval.bandwidthKbps)} kbps`);
        const { drag } = order;
        if (drag !== null && interval.index + 1 === drag.interval) run.setBudget(drag.budget);
      },
    },
  );
  await run.finished;
  await filmed;
  if (fault !== undefined) throw new Error(fault);
  if (!info || !film) throw new Error('The run ended before it was ready.');
  const recording: Recording = {
    version: RECORDING_VERSION,
    fps: CAPTURE_FPS / INTERVAL_SECONDS,
    captureSize: info.captureSize,
    labels: packer.labels,
    report: buildReport(info, packer.intervals),
    frames: packer.frames,
    gradients: packer.gradients,
  };
  return {
    runJson: JSON.stringify(recording),
    framesBase64: await base64(new Blob([await film.finish()])),
    heatmapsBase64: await base64(packer.heatmaps()),
  };
}
