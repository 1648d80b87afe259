import { expect, it } from 'vitest';
import { topConfiguration } from '../domain/configuration.ts';
import { ladders } from '../domain/ladders.ts';
import { openScene } from '../sources/scene/index.ts';
import type { Packet } from './packet.ts';
import { createScalers } from './pixels.ts';
import { createStreams } from './streams.ts';

const SIZE = { width: 480, height: 270 };
const TOP = topConfiguration(ladders(SIZE, 255));

it('probes a frame alike, whatever was probed before, in one pass and in two', async () => {
  const scene = openScene({ preset: 'crossing', seed: 3, size: SIZE });
  const frames = [];
  for (const seconds of [0, 1, 2]) frames.push((await scene.frameAt(seconds))?.frame);
  scene.close();
  const streams = createStreams(createScalers(), 'vp9', { vp9: 255, av1: 255 });
  const probe = (frame: VideoFrame | undefined, quantizer: number, every: number): Promise<Packet> => {
    if (!frame) throw new Error('The scene gave no frame.');
    const kept = Array.from({ length: 40 }, (_, tile) => tile % every === 0);
    const configuration = { ...TOP, quantizer };
    return streams.encode({ stream: 'probe', frame, configuration, key: true, grid: '8x5', kept });
  };
  for (const every of [1, 5]) {
    const first = await probe(frames[0], 96, every);
    expect(first.passes).toHaveLength(every === 1 ? 1 : 2);
    for (const frame of frames) for (const quantizer of [64, 112, 140]) await probe(frame, quantizer, every);
    expect((await probe(frames[0], 96, every)).data).toEqual(first.data);
  }
  for (const frame of frames) frame?.close();
});
