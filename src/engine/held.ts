/**
 * Intervals that are captured before they are sent: a policy chooses among encodes (zero lag), filters by what it has seen
 * of the whole second, or decides about regions frame by frame; or several policies run on the same frames.
 */
import { INTERVAL_SECONDS } from '../domain/interval.ts';
import { settingOf } from '../domain/serverKnobs.ts';
import { standingAt } from '../sensor/cut.ts';
import type { Choice, Trial } from '../policies/policy.ts';
import { createAccount } from './account.ts';
import { chooseStream } from './chooseStream.ts';
import type { IntervalPlan, Road } from './interval.ts';
import { streamRegions } from './regions.ts';
import { analyseFrames, captureFrames, sendOn, type Captures, type Streamed } from './stream.ts';

/** Does the policy need the whole interval before it sends? */
export const isHeld = ({ choose, filter, regions, captures }: IntervalPlan): boolean =>
  [choose, filter, regions, captures].some((hook) => hook !== undefined);

const sendPlanned = ([planned]: readonly Trial[]): Choice => {
  if (!planned) throw new Error('Nothing was encoded that could be sent.');
  return { send: planned };
};

/** @returns null when the source ended before the interval was full */
export async function streamHeld(road: Road, plan: IntervalPlan): Promise<Streamed | null> {
  const captures = plan.captures ?? (await captureFrames(road, plan, { send: false }));
  if (!captures) return null;
  const account = createAccount();
  for (const { capture } of captures.frames) account.captured(capture.reference.data.length);
  const { regions } = plan;
  return regions
    ? streamRegions(road, plan, regions, captures, account)
    : streamWhole(road, plan, captures, account);
}

async function streamWhole(
  road: Road,
  plan: IntervalPlan,
  { frames, missedFrames, cut }: Captures,
  account: Streamed['account'],
): Promise<Streamed> {
  const { sensor, live, pace, listener } = road;
  const { filter, startSeconds } = plan;
  // What the policy would choose by was told of the picture before the cut.
  const choose = cut && plan.afterCut ? sendPlanned : (plan.choose ?? sendPlanned);
  const standing = standingAt(plan, cut);
  const planned = filter ? { ...standing, ...filter(await sensor.differences()) } : standing;
  const { configuration, packets, unsentEncodes } = await chooseStream(sensor, planned, choose);
  listener.onStage('detect');
  // Where the policy had to see the whole interval, its frames waited for the end of it.
  const waited = plan.choose ?? filter;
  const end = live ? pace.now() : startSeconds + INTERVAL_SECONDS;
  for (const [i, frame] of frames.entries()) {
    const packet = packets[i] ?? null;
    const arrives = packet && sendOn(road, account, packet, frame.due, waited ? end : frame.due);
    const capture = { ...frame.capture, packet };
    const sent = [{ ...frame, capture, ...(arrives === null ? {} : { arrives }) }];
    await analyseFrames(road, plan.index, account, settingOf(configuration), false, sent);
  }
  return { account, missedFrames, cut, configuration, unsentEncodes };
}
