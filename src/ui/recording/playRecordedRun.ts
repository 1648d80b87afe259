/**
 * Plays the recorded run through the same listener as a live one, so that every panel moves as it will. It repeats
 * until the live run has its first frame. Where there is no recording, nothing happens.
 */
import type { GradientView, RunInfo, RunListener } from '../../engine/events.ts';
import type { RunReport } from '../../domain/interval.ts';
import type { KnobName } from '../../domain/knob.ts';
import { withAllKnobs } from '../../reports/older.ts';
import { useLab } from '../store/labStore.ts';
import { flush } from '../store/publisher.ts';
import { infoOf } from '../store/report.ts';
import { setPlayback, showingListener } from '../store/session.ts';
import { decodeMap, RECORDING_VERSION, unpackBox, type RecordedGradients, type Recording } from './format.ts';

const FOLDER = 'recorded';

/** null where this build carries none; it is a help for the first seconds, never a condition. */
async function load(): Promise<{ recording: Recording; maps: ArrayBuffer } | null> {
  try {
    const [run, bytes] = await Promise.all([fetch(`${FOLDER}/run.json`), fetch(`${FOLDER}/heatmaps.bin`)]);
    const isThere = run.ok && bytes.ok && (run.headers.get('content-type') ?? '').includes('json');
    if (!isThere) return null;
    const recording = (await run.json()) as Recording;
    return recording.version === RECORDING_VERSION ? { recording, maps: await bytes.arrayBuffer() } : null;
  } catch {
    return null;
  }
}

export async function playRecordedRun(): Promise<void> {
  const loaded = await load();
  const { origin, runState } = useLab.getState();
  if (!loaded || origin !== 'none' || runState === 'failed' || runState === 'ended') return;
  let isPlaying = true;
  const video = document.createElement('video');
  video.muted = true;
  video.playsInline = true;
  video.src = `${FOLDER}/frames.webm`;
  const player = new Player(
    loaded.recording,
    loaded.maps,
    showingListener('recorded', () => isPlaying),
  );
  const onFrame: VideoFrameRequestCallback = (_now, { mediaTime }) => {
    if (!isPlaying) return;
    void createImageBitmap(video).then(
      (image) => player.advance(mediaTime, image),
      () => undefined,
    );
    video.requestVideoFrameCallback(onFrame);
  };
  video.addEventListener('ended', () => {
    if (!isPlaying) return;
    player.finish();
    video.currentTime = 0;
    void video.play();
  });
  setPlayback(() => {
    isPlaying = false;
    video.pause();
    video.removeAttribute('src');
    video.load();
  });
  player.begin();
  video.requestVideoFrameCallback(onFrame);
  await video.play().catch(() => undefined);
}

/** Turns the video's time into the events of the run. */
class Player {
  private next = 0;
  private readonly recording: Recording;
  private readonly maps: ArrayBuffer;
  private readonly listener: RunListener;
  private readonly report: RunReport;
  private readonly info: RunInfo;

  constructor(recording: Recording, maps: ArrayBuffer, listener: RunListener) {
    this.recording = recording;
    this.maps = maps;
    this.listener = listener;
    this.report = withAllKnobs(recording.report);
    this.info = infoOf(this.report);
  }

  begin(): void {
    this.next = 0;
    this.listener.onReady(this.info);
  }

  /** Gives out the frame at this time of the video, and the intervals that ended before it. */
  advance(mediaTime: number, image: ImageBitmap): void {
    const { frames, fps, labels } = this.recording;
    const index = Math.min(frames.length - 1, Math.round(mediaTime * fps));
    if (index < this.next - 1) {
      image.close();
      return;
    }
    this.closeIntervals(index);
    const frame = frames[index];
    this.next = index + 1;
    if (!frame) {
      image.close();
      return;
    }
    this.listener.onFrame({
      intervalIndex: frame.interval,
      frameIndex: frame.frame,
      seconds: index / fps,
      image,
      bytes: frame.bytes,
      accuracy: frame.accuracy,
      detections: frame.detections.map((b) => unpackBox(b, labels)),
      reference: frame.reference.map((b) => unpackBox(b, labels)),
      truth: frame.truth?.map((b) => ({ ...unpackBox(b, labels), occlusion: 0, ignored: false })) ?? null,
    });
  }

  /** The last interval ends with the video; then it begins again. */
  finish(): void {
    this.closeIntervals(this.recording.frames.length);
    flush();
    this.begin();
  }

  private closeIntervals(upTo: number): void {
    const { frames, gradients } = this.recording;
    for (let i = this.next; i < upTo + 1; i++) {
      const before = frames[i - 1];
      if (!before || before.interval === frames[i]?.interval) continue;
      const maps = gradients.find((g) => g.interval === before.interval);
      const record = this.report.intervals[before.interval];
      if (maps) this.listener.onGradients(this.unpack(maps));
      if (record) this.listener.onInterval(record);
    }
  }

  private unpack({ interval, dnnGrad, dnnGradAge = 0, knobs }: RecordedGradients): GradientView {
    const entries = Object.entries(knobs).map(([name, { inputGrad, product, neighbour }]) => [
      name as KnobName,
      {
        maps: { inputGrad: decodeMap(inputGrad, this.maps), product: decodeMap(product, this.maps) },
        neighbour,
      },
    ]);
    return {
      intervalIndex: interval,
      dnnGrad: decodeMap(dnnGrad, this.maps),
      dnnGradAge,
      tiles: null,
      knobs: Object.fromEntries(entries) as GradientView['knobs'],
    };
  }
}
