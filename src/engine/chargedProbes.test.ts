import { describe, expect, it } from 'vitest';
import { configurationAt, topConfiguration, type Configuration } from '../domain/configuration.ts';
import type { Detection } from '../domain/detection.ts';
import { ladders } from '../domain/ladders.ts';
import { DEFAULT_TILE_GRID, NO_PINS, type TilePlan } from '../domain/tiles.ts';
import { createChargedProbes, type StreamedFrame } from './chargedProbes.ts';

const KNOBS = ladders({ width: 640, height: 384 }, 255);
const TILES: TilePlan = { grid: DEFAULT_TILE_GRID, worth: null, before: null, pins: NO_PINS };

/** A detection that tells where it is from. */
const seen = (x: number): Detection[] => [{ x, y: 0, width: 1, height: 1, label: 'car', score: 0.9 }];

/** Ten captures of which every nth is sent; the run saw 100 + frame, the reference 200 + frame. */
function ran(configuration: Configuration, every = 1, tiles = TILES) {
  const measured = Array.from({ length: 10 }, (_, frameIndex) => {
    const shownIndex = frameIndex - (frameIndex % every);
    const frame = { frameIndex, shownIndex, truth: null, proposals: [] };
    const detections = seen(100 + shownIndex);
    return { ...frame, detections, standing: detections, reference: seen(200 + frameIndex) };
  });
  const totals = { frames: 10, referenceBytes: 5000 };
  return createChargedProbes(
    KNOBS,
    { configuration, tiles },
    {
      measuredFrames: () => measured,
      totals: () => totals as ReturnType<Parameters<typeof createChargedProbes>[2]['totals']>,
    },
  );
}

/** A neighbour's stream: 100 bytes a frame in two passes, 1000 the first; it sees 300 + frame. */
const stream = (every = 1): StreamedFrame[] =>
  Array.from({ length: 10 }, (_, frameIndex) => ({
    frameIndex,
    bytes: frameIndex % every > 0 ? null : frameIndex === 0 ? 1000 : 100,
    encodes: 2,
    detections: seen(300 + frameIndex - (frameIndex % every)),
  }));

const middle = configurationAt(KNOBS, { quantizer: 3, resolution: 3 });
const moved = configurationAt(KNOBS, { quantizer: 4, resolution: 3 });
const at = ({ detections }: { readonly detections: readonly (readonly Detection[])[] }) =>
  detections.map((frame) => frame[0]?.x);

describe('what probes see and take', () => {
  it('is the first, the middle and the last frame, and every frame’s bytes before them', () => {
    const probes = ran(middle);
    const { present, reference } = probes;
    expect(at(present)).toEqual([100, 104, 109]);
    expect(at(reference)).toEqual([200, 204, 209]);
    expect(reference.cost).toEqual({ encodes: 10, bytes: 5000, inferences: 3 });
    const probe = probes.neighbour({ name: 'quantizer', configuration: moved }, stream());
    expect(at(probe)).toEqual([300, 304, 309]);
    expect(probe.cost).toEqual({ encodes: 20, bytes: 1900, inferences: 3 });
  });

  it('counts a frame that is not sent as it is shown, and looks at no frame twice', () => {
    // Sent: 0 and 5; shown at 0, 4 and 9: 0, 0 and 5.
    const probe = ran(middle, 5).neighbour({ name: 'quantizer', configuration: moved }, stream(5));
    expect(at(probe)).toEqual([300, 300, 305]);
    expect(probe.cost).toEqual({ encodes: 4, bytes: 1100, inferences: 2 });
  });

  it('does not pay again for frames that the interval itself sent', () => {
    const every = ran(middle).neighbour({ name: 'frameRate', configuration: moved }, stream(2));
    expect(at(every)).toEqual([100, 104, 108]);
    expect(every.cost).toEqual({ encodes: 0, bytes: 0, inferences: 0 });
    // From every fifth to every second frame: 4 and 8 are new, and need those sent before them.
    const more = ran(middle, 5).neighbour({ name: 'frameRate', configuration: moved }, stream(2));
    expect(at(more)).toEqual([100, 304, 308]);
    expect(more.cost).toEqual({ encodes: 10, bytes: 1400, inferences: 2 });
  });

  it('looks again at what the server has where a knob is the server’s', () => {
    const probe = ran(middle).neighbour({ name: 'enhancement', configuration: moved }, stream());
    expect(at(probe)).toEqual([300, 304, 309]);
    expect(probe.cost).toEqual({ encodes: 0, bytes: 0, inferences: 3 });
  });

  it('pays for the reference once, and not at all where it is what was sent', () => {
    const top = topConfiguration(KNOBS);
    const none = { encodes: 0, bytes: 0, inferences: 0 };
    expect(ran(top).reference.cost).toEqual(none);
    const towards = ran(middle).neighbour({ name: 'quantizer', configuration: top }, stream());
    expect(at(towards)).toEqual([200, 204, 209]);
    expect(towards.cost).toEqual(none);
    // The server has looked at the very frames, in another way.
    const cheaper = configurationAt(KNOBS, { inputSize: 0 });
    expect(ran(cheaper).reference.cost).toEqual({ encodes: 0, bytes: 0, inferences: 3 });
    // The reference has no tile given up.
    const pinned = { ...TILES, pins: { full: [], low: [3] } };
    expect(ran(top, 1, pinned).reference.cost.inferences).toBe(3);
  });
});
