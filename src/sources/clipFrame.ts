/** From a decoded sample to a frame that stands upright, so that nobody downstream has to know about rotation. */
import type { VideoSample } from 'mediabunny';
import type { Size } from '../domain/size.ts';

/**
 * The sample as a frame of the clip's display size. Rotated, flipped or stretched samples are redrawn, since
 * `VideoFrame.copyTo` and encoders see the coded pixels and not the display transform.
 * @returns a frame that the caller closes; the sample stays open
 */
export function uprightFrame(sample: VideoSample, size: Size): VideoFrame {
  const asCoded =
    sample.rotation === 0 &&
    !sample.flip &&
    sample.visibleRect.width === size.width &&
    sample.visibleRect.height === size.height;
  if (asCoded) return sample.toVideoFrame();
  const canvas = new OffscreenCanvas(size.width, size.height);
  const context = canvas.getContext('2d', { alpha: false });
  if (context === null) throw new Error('This browser gives no 2D canvas to turn the clip upright.');
  sample.draw(context, 0, 0, size.width, size.height);
  return new VideoFrame(canvas, {
    timestamp: sample.microsecondTimestamp,
    duration: sample.microsecondDuration,
  });
}
