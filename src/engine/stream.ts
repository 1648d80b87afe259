/** Captures an interval's frames and has them analysed as they come; when live, the newest frame wins. */
import { sameConfiguration, topConfiguration } from '../domain/configuration.ts';
import type { Configuration } from '../domain/configuration.ts';
import type { Detection } from '../domain/detection.ts';
import { INTERVAL_SECONDS } from '../domain/interval.ts';
import { CAPTURE_FPS } from '../domain/ladders.ts';
import { settingOf, type ServerSetting } from '../domain/serverKnobs.ts';
import { standingAt, type Standing } from '../sensor/cut.ts';
import type { Packet } from '../sensor/packet.ts';
import type { Capture, CaptureRequest } from '../sensor/sensor.ts';
import { createAccount, type Account } from './account.ts';
import type { IntervalPlan, Road } from './interval.ts';
import type { Analysis } from './serverCalls.ts';

/** A live capture that is later than this is left out. */
const LATE_SECONDS = 1 / CAPTURE_FPS;

export interface CapturedFrame {
  readonly frameIndex: number;
  /** Seconds at which it was to be captured. */
  readonly due: number;
  readonly capture: Capture;
  /** What the reference sees on it; absent: not looked at yet. */
  readonly reference?: readonly Detection[];
  /** When the server has its packet, seconds; absent where none is sent. */
  readonly arrives?: number;
}

export interface Streamed {
  readonly account: Account;
  /** Live only: captures that came too late. */
  readonly missedFrames: number;
  /** What was sent. */
  readonly configuration: Configuration;
  /** Did the interval begin with another picture than the one before ended with? */
  readonly cut: boolean;
  /** Encodes of what was not sent. */
  readonly unsentEncodes: number;
  /** Share of the tiles that kept full quality where a policy decided frame by frame, %; absent elsewhere. */
  readonly keptTilesPercent?: number;
}

export interface Captures {
  readonly frames: readonly CapturedFrame[];
  readonly missedFrames: number;
  /** As {@link Streamed.cut}. */
  readonly cut: boolean;
}

/**
 * @param use are frames encoded and sent as they come, or held until the interval has been captured?
 * @param onFrame told of each one, and of where the interval stands
 * @returns null when the source ended before the interval was full
 */
export async function captureFrames(
  { pace, live, sensor, knobs }: Road,
  plan: Pick<IntervalPlan, 'startSeconds' | 'tiles' | 'restart'> & Standing,
  use: Pick<CaptureRequest, 'send' | 'ahead'>,
  onFrame: (frame: CapturedFrame, standing: Configuration) => Promise<void> = () => Promise.resolve(),
): Promise<Captures | null> {
  const top = topConfiguration(knobs);
  const { startSeconds, tiles, restart, afterCut } = plan;
  const frames: CapturedFrame[] = [];
  let missedFrames = 0;
  let cut = false;
  let { configuration } = plan;
  for (let frameIndex = 0; frameIndex < CAPTURE_FPS * INTERVAL_SECONDS; frameIndex += 1) {
    const due = startSeconds + frameIndex / CAPTURE_FPS;
    await pace.until(due);
    const first = frameIndex === 0;
    if (live && !first && pace.now() > due + LATE_SECONDS) {
      missedFrames += 1;
      continue;
    }
    const request = { seconds: due, index: frameIndex, configuration, top, tiles, ...use, restart };
    const capture = await sensor.capture(first && afterCut ? { ...request, afterCut } : request);
    if (!capture) return null;
    if (first) {
      cut = capture.cut;
      configuration = standingAt(plan, cut);
    }
    const frame = { frameIndex, due, capture };
    frames.push(frame);
    await onFrame(frame, configuration);
  }
  return { frames, missedFrames, cut };
}

/** Puts a packet on the link and into the account. @returns when the server has it, seconds */
export const sendOn = (
  { link }: Pick<Road, 'link'>,
  account: Account,
  { data, key, passes }: Packet,
  capturedSeconds: number,
  sentSeconds: number,
): number => {
  const arrives = link.send(sentSeconds, data.length);
  account.sent({
    bytes: data.length,
    key,
    delaySeconds: arrives - capturedSeconds,
    encodes: passes.length,
  });
  return arrives;
};

/** Sends frames as they come. @returns null when the source ended before the interval was full */
export async function streamFrames(road: Road, plan: IntervalPlan): Promise<Streamed | null> {
  const { live, knobs, listener } = road;
  const account = createAccount();
  const isTop = (configuration: Configuration): boolean =>
    sameConfiguration(configuration, topConfiguration(knobs)) && plan.tiles.pins.low.length === 0;
  let waiting: CapturedFrame[] = [];
  let inFlight: Promise<void> | undefined;
  let failure: { readonly error: unknown } | undefined;
  const analyse = (batch: readonly CapturedFrame[], at: Configuration): Promise<void> =>
    analyseFrames(road, plan.index, account, settingOf(at), isTop(at), batch);

  const captures = await captureFrames(road, plan, { send: true }, async (frame, standing) => {
    const { capture, due, frameIndex } = frame;
    account.captured(capture.reference.data.length);
    const arrives = capture.packet && sendOn(road, account, capture.packet, due, due);
    waiting.push(arrives === null ? frame : { ...frame, arrives });
    if (frameIndex === 0) listener.onStage('detect');
    if (inFlight && live) return;
    const batch = waiting;
    waiting = [];
    inFlight = analyse(batch, standing)
      .catch((error: unknown) => (failure ??= { error }))
      .then(() => (inFlight = undefined));
    if (!live) await inFlight;
    if (failure) throw failure.error;
  });
  if (!captures) return null;
  await inFlight;
  const { missedFrames, cut } = captures;
  const configuration = standingAt(plan, cut);
  if (waiting.length > 0) await analyse(waiting, configuration);
  if (failure) throw failure.error;
  return { account, missedFrames, cut, configuration, unsentEncodes: 0 };
}

/** Has captures since the last analysis decoded and the newest detected. */
export async function analyseFrames(
  road: Road,
  intervalIndex: number,
  account: Account,
  setting: ServerSetting,
  isTop: boolean,
  batch: readonly CapturedFrame[],
): Promise<void> {
  if (batch.length === 0) return;
  const isKnown = batch.every(({ reference }) => reference);
  const references = batch.map(({ capture }) => capture.reference);
  const analysis = await road.server.analyse({
    packets: batch.flatMap(({ capture }) => capture.packet ?? []),
    referencePackets: isKnown ? [] : isTop ? null : references,
    setting,
    picture: road.pictures,
  });
  account.inferred(analysis.inferences, analysis.elapsedMs);
  measure(road, intervalIndex, account, batch, analysis);
}

/** Measures and shows what was seen on the newest of some captures. */
export function measure(
  { listener, display }: Pick<Road, 'listener' | 'display'>,
  intervalIndex: number,
  account: Account,
  batch: readonly CapturedFrame[],
  analysis: Analysis,
): void {
  const newest = batch.at(-1);
  if (!newest) return;
  const { truth, seconds } = newest.capture;
  const { frameIndex } = newest;
  const { detections, proposals, image } = analysis;
  const reference = newest.reference ?? analysis.reference;
  const shownIndex =
    batch.findLast(({ capture }) => capture.packet !== null)?.frameIndex ??
    account.measuredFrames().at(-1)?.shownIndex ??
    0;
  const { arrives } = batch.findLast((frame) => frame.arrives !== undefined) ?? {};
  if (arrives !== undefined) display.arrives(arrives, detections);
  const standing = display.at(newest.due, detections);
  const seen = { detections, proposals, standing, reference, truth };
  listener.onFrame({
    intervalIndex,
    frameIndex,
    seconds,
    image,
    bytes: batch.reduce((sum, { capture }) => sum + (capture.packet?.data.length ?? 0), 0),
    detections: standing,
    reference,
    truth,
    accuracy: account.measured({ ...seen, frameIndex, shownIndex }),
  });
}
