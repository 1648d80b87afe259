/** Captured frames as they are encoded: streams of an interval at the same size share them. */
import type { Colour } from '../domain/configuration.ts';
import { formatSize, type Size } from '../domain/size.ts';
import type { Scaler } from './pixels.ts';
import { planesOf, type Planes } from './tiles/planes.ts';

export interface ScaledFrames {
  /** Stays open until the captured frame is forgotten, which closes it. */
  frame(captured: VideoFrame, size: Size, colour: Colour): VideoFrame;
  planes(captured: VideoFrame, size: Size, colour: Colour): Planes;
  forget(captured: VideoFrame): void;
}

/** Made when first asked for. */
interface Scaled {
  frame?: VideoFrame;
  planes?: Planes;
}

export function createScaledFrames(scalers: (size: Size) => Scaler): ScaledFrames {
  const known = new Map<VideoFrame, Map<string, Scaled>>();
  const scaledTo = (captured: VideoFrame, size: Size, colour: Colour): Scaled => {
    const sizes = known.get(captured) ?? new Map<string, Scaled>();
    known.set(captured, sizes);
    const key = `${formatSize(size)} ${colour}`;
    const scaled = sizes.get(key) ?? {};
    sizes.set(key, scaled);
    return scaled;
  };
  return {
    frame(captured, size, colour) {
      const scaled = scaledTo(captured, size, colour);
      return (scaled.frame ??= scalers(size).frame(captured, captured.timestamp, colour));
    },
    planes(captured, size, colour) {
      const scaled = scaledTo(captured, size, colour);
      return (scaled.planes ??= planesOf(scalers(size).pixels(captured, colour), size));
    },
    forget(captured) {
      for (const { frame } of known.get(captured)?.values() ?? []) frame?.close();
      known.delete(captured);
    },
  };
}
