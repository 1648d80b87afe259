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

interface Scaled {
  readonly frames: Map<string, VideoFrame>;
  readonly planes: Map<string, Planes>;
}

export function createScaledFrames(scalers: (size: Size) => Scaler): ScaledFrames {
  const known = new Map<VideoFrame, Scaled>();
  const of = (captured: VideoFrame): Scaled => {
    const scaled = known.get(captured) ?? { frames: new Map(), planes: new Map() };
    known.set(captured, scaled);
    return scaled;
  };
  return {
    frame(captured, size, colour) {
      const { frames } = of(captured);
      const key = `${formatSize(size)} ${colour}`;
      const frame = frames.get(key) ?? scalers(size).frame(captured, captured.timestamp, colour);
      frames.set(key, frame);
      return frame;
    },
    planes(captured, size, colour) {
      const { planes } = of(captured);
      const key = `${formatSize(size)} ${colour}`;
      const made = planes.get(key) ?? planesOf(scalers(size).pixels(captured, colour), size);
      planes.set(key, made);
      return made;
    },
    forget(captured) {
      for (const frame of known.get(captured)?.frames.values() ?? []) frame.close();
      known.delete(captured);
    },
  };
}
