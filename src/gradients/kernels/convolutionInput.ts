/**
 * ∂L/∂x of a convolution as a forward convolution.
 *
 * Why: tfjs-wasm's Conv2DBackpropInput is a plain loop (55 ms where the forward pass takes 5), it has none for
 * depthwise convolutions, and tfjs throws for dilated ones everywhere. The input gradient of a stride-1 convolution
 * is a convolution with the flipped filter, channels exchanged (Dumoulin and Visin, 2016), so it runs at the speed of
 * the forward pass. For strides the gradient is spread out with zeros, or, cheaper where channels are mixed,
 * every phase of the result is computed by itself and they are interleaved (Shi et al., 2016: sub-pixel convolution).
 */
import * as tf from '@tensorflow/tfjs';
import { derivedFilter } from './filterCache.ts';
import { dilatedMargins, subPixel, type Axis, type Margins } from './geometry.ts';

export interface ConvolutionAttributes {
  readonly strides: number | readonly [number, number];
  readonly dilations?: number | readonly [number, number] | null;
  readonly pad: 'same' | 'valid' | number | tf.backend_util.ExplicitPadding;
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil' | null;
}

type Shape4D = tf.Tensor4D['shape'];

/** [vertical, horizontal] of a convolution in NHWC. */
function axesOf(
  inputShape: Shape4D,
  filterShape: Shape4D,
  attributes: ConvolutionAttributes,
  depthwise: boolean,
): [Axis, Axis] {
  const { strides, dilations, pad, dimRoundingMode } = attributes;
  const info = tf.backend_util.computeConv2DInfo(
    inputShape,
    filterShape,
    strides as [number, number],
    (dilations ?? 1) as [number, number],
    pad,
    dimRoundingMode ?? undefined,
    depthwise,
  );
  return [
    {
      input: info.inHeight,
      output: info.outHeight,
      filter: info.filterHeight,
      stride: info.strideHeight,
      dilation: info.dilationHeight,
      padBefore: info.padInfo.top,
    },
    {
      input: info.inWidth,
      output: info.outWidth,
      filter: info.filterWidth,
      stride: info.strideWidth,
      dilation: info.dilationWidth,
      padBefore: info.padInfo.left,
    },
  ];
}

/** Spreads [n, h, w, c] to [n, h·sy, w·sx, c] with zeros after each element. */
function spread(x: tf.Tensor4D, sy: number, sx: number): tf.Tensor4D {
  const [n, h, w, c] = x.shape;
  const columns =
    sx === 1
      ? x
      : tf.pad2d(x.reshape([n * h * w, c]), [
          [0, 0],
          [0, (sx - 1) * c],
        ]);
  const rows =
    sy === 1
      ? columns
      : tf.pad2d(columns.reshape([n * h, w * sx * c]), [
          [0, 0],
          [0, (sy - 1) * w * sx * c],
        ]);
  return rows.reshape([n, h * sy, w * sx, c]);
}

/** Cuts off what negative margins ask for. */
function cut(x: tf.Tensor4D, vertical: Margins, horizontal: Margins): tf.Tensor4D {
  const excess = [vertical.before, vertical.after, horizontal.before, horizontal.after].map((m) =>
    Math.max(0, -m),
  );
  const [top = 0, bottom = 0, left = 0, right = 0] = excess;
  if (top + bottom + left + right === 0) return x;
  const [n, h, w, c] = x.shape;
  return x.slice([0, top, left, 0], [n, h - top - bottom, w - left - right, c]);
}

const paddingOf = (vertical: Margins, horizontal: Margins): tf.backend_util.ExplicitPadding => [
  [0, 0],
  [Math.max(0, vertical.before), Math.max(0, vertical.after)],
  [Math.max(0, horizontal.before), Math.max(0, horizontal.after)],
  [0, 0],
];

/**
 * Input gradient of Conv2D in NHWC.
 * @param dy [n, oh, ow, co]
 * @param filter [fh, fw, ci, co]
 * @returns [n, h, w, ci]
 */
export function conv2dInputGradient(
  inputShape: Shape4D,
  dy: tf.Tensor4D,
  filter: tf.Tensor4D,
  attributes: ConvolutionAttributes,
): tf.Tensor4D {
  const [vertical, horizontal] = axesOf(inputShape, filter.shape, attributes, false);
  const block = vertical.stride;
  const subPixelFits =
    block > 1 && horizontal.stride === block && vertical.filter > 1 && horizontal.filter > 1;
  if (subPixelFits && vertical.dilation === 1 && horizontal.dilation === 1) {
    return subPixelGradient(inputShape, dy, filter, vertical, horizontal);
  }
  const flipped = derivedFilter(filter, 'flipped', () =>
    tf.reverse4d(filter, [0, 1]).transpose([0, 1, 3, 2]),
  );
  const v = dilatedMargins(vertical);
  const h = dilatedMargins(horizontal);
  const wide = cut(spread(dy, vertical.stride, horizontal.stride), v, h);
  return tf.conv2d(wide, flipped, 1, paddingOf(v, h), 'NHWC', [vertical.dilation, horizontal.dilation]);
}

function subPixelGradient(
  inputShape: Shape4D,
  dy: tf.Tensor4D,
  filter: tf.Tensor4D,
  vertical: Axis,
  horizontal: Axis,
): tf.Tensor4D {
  const block = vertical.stride;
  const v = subPixel(vertical);
  const h = subPixel(horizontal);
  const [n, height, width, channels] = inputShape;
  const grouped = cut(dy, v.margins, h.margins);
  const pad = paddingOf(v.margins, h.margins);
  // A row of all horizontal phases is in order as it is; the vertical ones are put between one another as rows. (One
  // convolution and DepthToSpace would do both, but tfjs-wasm's DepthToSpace is slower than the convolution.)
  const rows = Array.from({ length: block }, (_, phase) => {
    const taps = derivedFilter(filter, `phase ${phase} of ${block}`, () =>
      phaseFilter(filter, phase, block, v.taps, h.taps),
    );
    return tf.conv2d(grouped, taps, 1, pad);
  });
  const [, q = 0, p = 0] = rows[0]?.shape ?? [];
  const between = tf.concat(
    rows.map((row) => row.reshape<tf.Tensor3D>([n * q, 1, p * block * channels])),
    1,
  );
  const interleaved = between.reshape<tf.Tensor4D>([n, q * block, p * block, channels]);
  const exact = v.skip === 0 && h.skip === 0 && q * block === height && p * block === width;
  return exact ? interleaved : interleaved.slice([0, v.skip, h.skip, 0], [n, height, width, channels]);
}

/**
 * The filters of the vertical phase ry and all horizontal phases rx, taps flipped: [my, mx, co, s·ci] where the last
 * axis is rx·ci + channel.
 */
function phaseFilter(filter: tf.Tensor4D, ry: number, s: number, my: number, mx: number): tf.Tensor4D {
  const [fh, fw, ci, co] = filter.shape;
  const whole = filter.pad([
    [0, my * s - fh],
    [0, mx * s - fw],
    [0, 0],
    [0, 0],
  ]);
  const ofPhase = whole
    .reshape<tf.Tensor3D>([my, s, mx * s * ci * co])
    .slice([0, ry, 0], [my, 1, mx * s * ci * co]);
  const rowsFlipped = ofPhase.reshape<tf.Tensor2D>([my, mx * s * ci * co]).reverse(0);
  const flipped = rowsFlipped.reshape<tf.Tensor3D>([my, mx, s * ci * co]).reverse(1);
  return flipped
    .reshape([my, mx, s * ci, co])
    .transpose([0, 1, 3, 2])
    .reshape([my, mx, co, s * ci]);
}

/**
 * Input gradient of DepthwiseConv2dNative in NHWC.
 * @param dy [n, oh, ow, c·multiplier]
 * @param filter [fh, fw, c, multiplier]
 * @returns [n, h, w, c]
 */
export function depthwiseInputGradient(
  inputShape: Shape4D,
  dy: tf.Tensor4D,
  filter: tf.Tensor4D,
  attributes: ConvolutionAttributes,
): tf.Tensor4D {
  const [vertical, horizontal] = axesOf(inputShape, filter.shape, attributes, true);
  const [fh, fw, channels, multiplier] = filter.shape;
  const flipped = derivedFilter(filter, 'depthwise', () =>
    tf.reverse4d(filter, [0, 1]).reshape([fh, fw, channels * multiplier, 1]),
  );
  const v = dilatedMargins(vertical);
  const h = dilatedMargins(horizontal);
  const wide = cut(spread(dy, vertical.stride, horizontal.stride), v, h);
  const dilations: [number, number] = [vertical.dilation, horizontal.dilation];
  const perOutput = tf.depthwiseConv2d(wide, flipped, 1, paddingOf(v, h), 'NHWC', dilations);
  if (multiplier === 1) return perOutput;
  const [n, height, width] = inputShape;
  return perOutput
    .reshape([n * height * width, channels, multiplier])
    .sum(2)
    .reshape(inputShape);
}
