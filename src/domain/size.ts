/** Width and height in pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** "640x384" ⇄ {width: 640, height: 384}. */
export const formatSize = (size: Size): string => `${size.width}x${size.height}`;

export const sameSize = (a: Size, b: Size): boolean => a.width === b.width && a.height === b.height;

/** @throws Error when the text is not WIDTHxHEIGHT in positive whole numbers. */
export function parseSize(text: string): Size {
  const match = /^([1-9]\d*)x([1-9]\d*)$/.exec(text);
  if (!match) throw new Error(`"${text}" is not a size. Write it as WIDTHxHEIGHT, for example 640x384.`);
  return { width: Number(match[1]), height: Number(match[2]) };
}

/** The size scaled by a factor, each side rounded to the nearest even number (4:2:0 chroma needs even sides). */
export function scaleSize(size: Size, factor: number): Size {
  const even = (x: number): number => Math.max(2, 2 * Math.round((x * factor) / 2));
  return { width: even(size.width), height: even(size.height) };
}
