/** Between the page's pixels (RGBA bytes) and a network's input: channel order, layout and normalisation. */
import type { InputSpec } from '../domain/card.ts';

interface Strides {
  readonly pixel: number;
  readonly channel: number;
}

const stridesOf = (input: InputSpec): Strides =>
  input.layout === 'NHWC' ? { pixel: 3, channel: 1 } : { pixel: 1, channel: input.width * input.height };

/** Place of red, green and blue among the network's channels. */
const placeOf = (input: InputSpec): readonly [number, number, number] =>
  input.channels === 'RGB' ? [0, 1, 2] : [2, 1, 0];

/** Shape of the network's input tensor. */
export const inputShape = ({ width, height, layout }: InputSpec): [number, number, number, number] =>
  layout === 'NHWC' ? [1, height, width, 3] : [1, 3, height, width];

/** Larger pictures than this are a mistake in a card or a model, not a detector's input. */
const MOST_PIXELS = 4096 * 4096;

/** @throws Error when no detector takes pictures of this size */
export function assertReasonable({ width, height }: { width: number; height: number }): void {
  if (width * height <= MOST_PIXELS) return;
  throw new Error(
    `The detector takes ${width}x${height} pixels, more than a browser can hold. Export it for a smaller picture.`,
  );
}

/**
 * Normalised input of the network.
 * @param rgba width·height·4 values in 0…255 at the input's size
 * @throws Error when there are not as many values
 */
export function packInput(rgba: Uint8ClampedArray | Float64Array, input: InputSpec): Float32Array {
  const count = input.width * input.height;
  if (rgba.length !== count * 4) {
    throw new Error(
      `The detector takes ${input.width}x${input.height} pixels (${count * 4} bytes of RGBA), not ${rgba.length} bytes. ` +
        'Scale the frame to the detector’s input size first.',
    );
  }
  const packed = new Float32Array(count * 3);
  const { pixel, channel } = stridesOf(input);
  const places = placeOf(input);
  for (let colour = 0; colour < 3; colour += 1) {
    const place = places[colour] ?? 0;
    const mean = input.mean[place] ?? 0;
    const scale = 1 / (input.std[place] ?? 1);
    for (let i = 0, from = colour, to = place * channel; i < count; i += 1, from += 4, to += pixel) {
      packed[to] = ((rgba[from] ?? 0) - mean) * scale;
    }
  }
  return packed;
}

/**
 * From ∂/∂(normalised input) to ∂/∂(pixel in 0…255): the derivative of {@link packInput} taken backwards.
 * @param gradient in the network's layout and channel order
 * @returns height·width·3 values, row by row, RGB
 */
export function unpackGradient(gradient: Float32Array, input: InputSpec): Float32Array {
  const count = input.width * input.height;
  const pixels = new Float32Array(count * 3);
  const { pixel, channel } = stridesOf(input);
  const places = placeOf(input);
  for (let colour = 0; colour < 3; colour += 1) {
    const place = places[colour] ?? 0;
    const scale = 1 / (input.std[place] ?? 1);
    for (let i = 0, to = colour, from = place * channel; i < count; i += 1, to += 3, from += pixel) {
      pixels[to] = (gradient[from] ?? 0) * scale;
    }
  }
  return pixels;
}
