/** Sizes of a convolution along one axis, and what they become for its input gradient. */

export interface Axis {
  /** Sizes in elements. */
  readonly input: number;
  readonly output: number;
  readonly filter: number;
  readonly stride: number;
  readonly dilation: number;
  /** Zeros before the first element. */
  readonly padBefore: number;
}

/** Zeros before and after; negative: elements that are cut off. */
export interface Margins {
  readonly before: number;
  readonly after: number;
}

/**
 * Margins around the gradient, spread out to `output·stride` elements with zeros between, for a stride-1 convolution
 * with the flipped filter to give the input's size.
 */
export function dilatedMargins({ input, output, filter, stride, dilation, padBefore }: Axis): Margins {
  const reach = dilation * (filter - 1);
  const before = reach - padBefore;
  return { before, after: input + reach - before - output * stride };
}

export interface SubPixel {
  /** Taps of the filter that one phase sees. */
  readonly taps: number;
  /** Margins around the gradient as it is. */
  readonly margins: Margins;
  /** Elements of the interleaved result before the input's first. */
  readonly skip: number;
}

/**
 * The stride-1 convolution whose interleaved phases are the input gradient of a strided one. With i + pad = s·q + r,
 * dx[i] = Σ_m dy[q − m]·w[r + s·m]: one convolution over m for each phase r.
 */
export function subPixel({ input, output, filter, stride, padBefore }: Axis): SubPixel {
  const taps = Math.ceil(filter / stride);
  const groups = Math.floor((input - 1 + padBefore) / stride) + 1;
  return { taps, margins: { before: taps - 1, after: groups - output }, skip: padBefore };
}
