/**
 * What the server holds for one policy: the newest frame that it analysed, its scores over the interval and the last
 * backward pass. Lanes share the detector, and what it has seen of a stream.
 */
import * as Comlink from 'comlink';
import { f1 } from '../domain/accuracy.ts';
import type { Detection } from '../domain/detection.ts';
import { INTERVAL_SECONDS } from '../domain/interval.ts';
import type { KnobName } from '../domain/knob.ts';
import { CAPTURE_FPS } from '../domain/ladders.ts';
import { isServerKnob } from '../domain/serverKnobs.ts';
import { sameSize, type Size } from '../domain/size.ts';
import type { DetectResult } from '../detectors/detector.ts';
import { blockWeights, dnnGradMap, weigh, type Gradient } from '../gradients/accGrad.ts';
import { utilityOfScores } from '../gradients/dnnGrad.ts';
import { drift, expectedLoss, lossWhereFound, scoreMargin } from '../gradients/lossLevel.ts';
import { blockLuma, isNewContent } from '../gradients/newContent.ts';
import type { Grid } from '../gradients/pooling.ts';
import { resizedGradient } from '../gradients/resizedGradient.ts';
import { tileWorth } from '../gradients/tileWorth.ts';
import type { GradientUse, Level, ServerLane, TilePicture } from './serverCalls.ts';
import { createStreamDecoder } from '../sensor/frameDecoder.ts';
import { composed } from '../sensor/tiles/composed.ts';
import { replay, utilityChange } from './instrument.ts';
import { pictureResult, probeServerStep, type KnobResult } from './serverProbe.ts';
import type { Setup, Setups } from './setups.ts';
import { createWatcher, type Memory } from './watcher.ts';

/** The picture as a setup sees it, coarsely. */
const contentOf = ({ scaler, enhance, detector: { inputSize } }: Setup, frame: VideoFrame): Grid =>
  blockLuma(enhance(scaler.pixels(frame)), inputSize);

/** An earlier gradient where another input size looks at the same content by now. */
const atSize = (gradient: Gradient, size: Size): Gradient =>
  sameSize(gradient.size, size) ? gradient : resizedGradient(gradient, size);

/** @param memory of what streams showed; null: nothing is remembered */
export function createServerLane(setups: Setups, memory: Memory | null): ServerLane {
  const sent = createWatcher(memory);
  const reference = createWatcher(memory);
  const instrument = createWatcher(memory);
  const patches = createStreamDecoder();
  /** Of the newest analysed frame. */
  let newest: { readonly result: DetectResult; readonly seconds: number } | undefined;
  let referenceDetections: readonly Detection[] = [];
  /** Of the present interval. */
  const gradients: Partial<Record<GradientUse, Gradient>> = {};
  /** The last backward pass, and the picture that it was taken on. */
  let lastPass:
    | { readonly values: Float32Array; readonly setup: Setup; readonly content: Grid; readonly age: number }
    | undefined;
  /** With which the interval before ended. */
  let lastContent: Grid | undefined;
  /** The interval's gradient has been asked for: the next frame begins another. */
  let intervalOver = false;
  /** Of every frame that was analysed in this interval, or where nobody asks for gradients within one second. */
  let levels: (Omit<Level, 'lossWhereFound'> & { readonly isEmpty: boolean; readonly seconds: number })[] =
    [];

  const noteLevel = (result: DetectResult, seconds: number, threshold: number): void => {
    const before = newest ?? { result, seconds };
    newest = { result, seconds };
    levels = intervalOver ? [] : levels.filter((level) => level.seconds >= seconds - INTERVAL_SECONDS);
    intervalOver = false;
    const { scores } = result.candidates;
    levels.push({
      seconds,
      expectedLoss: expectedLoss(scores, threshold),
      isEmpty: result.detections.length === 0,
      scoreMargin: scoreMargin(scores, threshold),
      drift: drift(
        1 - f1(result.detections, before.result.detections),
        Math.round((seconds - before.seconds) * CAPTURE_FPS),
      ),
    });
  };

  return {
    async analyse({ packets, referencePackets, setting, picture }) {
      const setup = await setups.at(setting);
      const sight = await sent.see(packets, setup, picture);
      if (sight) noteLevel(sight.result, sight.seconds, setup.detector.card.threshold);
      const detections = newest?.result.detections ?? [];
      if (referencePackets === null) {
        referenceDetections = detections;
      } else {
        const top = await reference.see(referencePackets, setups.reference, false);
        if (top) referenceDetections = top.result.detections;
      }
      const image = sight?.image ?? null;
      const analysis = {
        detections,
        proposals: newest?.result.proposals ?? [],
        reference: referenceDetections,
        image,
        inferences: sight ? 1 : 0,
        elapsedMs: sight?.elapsedMs ?? 0,
      };
      return image ? Comlink.transfer(analysis, [image]) : analysis;
    },

    async patch({ packet, grid, tiles, setting, picture }) {
      const below = await sent.look();
      if (!below) throw new Error('A second round came before the first one was looked at.');
      const setup = await setups.at(setting);
      const frame = await patches.decode(packet);
      const size = { width: frame.displayWidth, height: frame.displayHeight };
      const start = performance.now();
      let both: OffscreenCanvas;
      try {
        both = composed(below.frame, frame, tiles, grid, size);
      } finally {
        frame.close();
      }
      const result = await setup.detector.detect(setup.enhance(setup.scaler.pixels(both)));
      const elapsedMs = performance.now() - start;
      newest = { result, seconds: packet.timestampMicros / 1e6 };
      const { detections, proposals } = result;
      const image = picture ? await createImageBitmap(both) : null;
      const analysis = {
        ...{ detections, proposals, image, elapsedMs },
        reference: referenceDetections,
        inferences: 1,
      };
      return image ? Comlink.transfer(analysis, [image]) : analysis;
    },

    async dnnGrad(slope, backward, use) {
      const look = await sent.look();
      if (!look)
        throw new Error('No frame was analysed in this interval, so there is nothing to differentiate.');
      const { pixels, result, setup, frame } = look;
      const { detector, dnnGrad } = setup;
      const { candidates } = result;
      const size = detector.inputSize;
      const count = candidates.indices.length;
      const before = lastPass;
      const content = blockLuma(pixels, size);
      const contentAt = (other: Setup): Grid =>
        sameSize(other.detector.inputSize, size) ? content : contentOf(other, frame);
      const isDue =
        use === 'instrument' ||
        backward === 'always' ||
        (backward === 'onNewContent' && (!before || isNewContent(before.content, contentAt(before.setup))));
      // Without candidates there is nothing to differentiate: no pass is run, and every gradient is 0.
      const pass =
        isDue || count === 0 ? await dnnGrad.utilityGradient(pixels, candidates, slope) : undefined;
      const gradient = pass
        ? { values: pass.gradient, count, size }
        : before
          ? atSize({ values: before.values, count, size: before.setup.detector.inputSize }, size)
          : { values: new Float32Array(3 * size.width * size.height), count, size };
      gradients[use] = gradient;
      let newContent = false;
      if (use === 'run') {
        newContent = lastContent !== undefined && isNewContent(lastContent, content);
        lastContent = content;
        if (pass && count > 0) lastPass = { values: pass.gradient, setup, content, age: 0 };
        else if (before) lastPass = { ...before, age: before.age + 1 };
        intervalOver = true;
      }
      const mean = (of: (level: (typeof levels)[number]) => number): number =>
        levels.reduce((sum, level) => sum + of(level), 0) / Math.max(1, levels.length);
      return {
        utility: utilityOfScores(candidates.scores, slope, detector.card.threshold),
        passes: pass && count > 0 ? 1 : 0,
        age: pass ? 0 : (lastPass?.age ?? 0),
        elapsedMs: pass?.elapsedMs ?? 0,
        map: dnnGradMap(gradient),
        newContent,
        level: {
          expectedLoss: mean((level) => level.expectedLoss),
          lossWhereFound: lossWhereFound(
            levels.map(({ expectedLoss: loss, isEmpty }) => ({ loss, isEmpty })),
          ),
          scoreMargin: mean((level) => level.scoreMargin),
          drift: mean((level) => level.drift),
        },
      };
    },

    async accGrads({ pictures, original, knobs, use, tiles }) {
      const look = await sent.look();
      const taken = gradients[use];
      const seen = pictures.map((pixels) => look?.setup.enhance(pixels));
      const present = seen[0];
      if (!taken || !look || !present)
        throw new Error('AccGrad was asked for before DNNGrad and the probes were there.');
      const weights = blockWeights(taken);
      const results: Partial<Record<KnobName, KnobResult>> = {};
      for (const { name, picture, step, setting, original: larger } of knobs) {
        const neighbour = seen[picture];
        if (isServerKnob(name)) {
          const moved = { name, setting, step, original: larger ?? original };
          results[name] = await probeServerStep(look, await setups.at(setting), moved, taken, weights);
        } else if (neighbour) {
          results[name] = pictureResult(taken, weights, { present, neighbour, original, step });
        }
      }
      if (!tiles) return { knobs: results, tiles: null };
      const enhanced = ({ pixels, bytes }: TilePicture) => ({ pixels: look.setup.enhance(pixels), bytes });
      const { full, low, step } = tiles;
      const shown = { full: enhanced(full), low: enhanced(low), step: enhanced(step), original };
      return { knobs: results, tiles: tileWorth(taken, weights, shown, tiles.grid) };
    },

    weighed(errors, use) {
      const gradient = gradients[use];
      if (!gradient) throw new Error('Errors can be weighed only after the backward pass.');
      const { size, count } = gradient;
      const weights = blockWeights(gradient);
      return errors.map((error) => weigh(size, weights, error) / Math.max(1, count));
    },

    async replay(packets, setting, slope) {
      const setup = await setups.at(setting);
      if (slope === null) return { ...(await replay(instrument, packets, setup)), utilityChange: 0 };
      const look = await sent.look();
      if (!look) throw new Error('The instrument was asked about an interval before one was analysed.');
      const { last, ...seen } = await replay(instrument, packets, setup);
      return { ...seen, utilityChange: await utilityChange(instrument, setup, last, look, slope) };
    },
  };
}
