/** A canvas that is drawn outside React: at the screen's own pixels, and once a display frame however often it is told of news. */
import type { Size } from '../../domain/size.ts';

/**
 * @param size in CSS pixels
 * @param watch calls back at every news; gives back how to stop that
 * @param draw everything anew; the canvas is cleared, and one unit is a CSS pixel
 * @returns how to stop
 */
export function repaint(
  canvas: HTMLCanvasElement | null,
  { width, height }: Size,
  watch: (news: () => void) => () => void,
  draw: (context: CanvasRenderingContext2D) => void,
): () => void {
  const context = canvas?.getContext('2d');
  if (!context || width === 0) return () => undefined;
  const scale = window.devicePixelRatio;
  context.canvas.width = Math.round(width * scale);
  context.canvas.height = Math.round(height * scale);
  let request = 0;
  const paint = (): void => {
    request = 0;
    context.setTransform(scale, 0, 0, scale, 0, 0);
    context.clearRect(0, 0, width, height);
    draw(context);
  };
  paint();
  const unwatch = watch(() => {
    request ||= requestAnimationFrame(paint);
  });
  return () => {
    unwatch();
    cancelAnimationFrame(request);
  };
}
