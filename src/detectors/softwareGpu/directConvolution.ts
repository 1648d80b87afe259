/**
 * Conv2D as a WebGPU program without shared memory: each invocation holds a strip of 8 pixels × up to 8 channels.
 *
 * Why: tfjs-webgpu computes convolutions as tiled matrix products with workgroup barriers. That suits graphics
 * cards, but a software adapter (SwiftShader: virtual machines, continuous integration, `--use-webgpu-adapter`) has
 * to save and restore every invocation at every barrier. This program is 4 to 20 times as fast there.
 */
import type { WebGPUProgram } from '@tensorflow/tfjs-backend-webgpu';
import type { backend_util } from '@tensorflow/tfjs';

/** Pixels of a row that one invocation computes. */
const STRIP = 8;
/** Groups of four channels that one invocation computes, at most. */
const MAX_GROUPS = 2;
const WORKGROUP: [number, number, number] = [16, 4, 1];

/** WGSL of the activations that tfjs fuses; v is a vec4<f32>. */
const ACTIVATIONS: Readonly<Record<string, string>> = {
  linear: 'v',
  relu: 'max(v, vec4<f32>(0.0))',
  relu6: 'clamp(v, vec4<f32>(0.0), vec4<f32>(6.0))',
  leakyrelu: 'select(uniforms.alpha * v, v, v > vec4<f32>(0.0))',
  sigmoid: '1.0 / (1.0 + exp(-v))',
};

export const hasActivation = (name: string): boolean => name in ACTIVATIONS;

const times = (count: number, of: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => of(i)).join('\n');

/**
 * The program for one convolution in NHWC, all sizes compiled in. Inputs: x, W and, with `hasBias`, bias. Uniform:
 * alpha, the slope of the leaky ReLU.
 */
export function directConvolution(
  info: backend_util.Conv2DInfo,
  hasBias: boolean,
  activation: string,
): WebGPUProgram {
  const groupsOfFour = Math.ceil(info.outChannels / 4);
  const groups = [MAX_GROUPS, 1].find((n) => groupsOfFour % n === 0) ?? 1;
  const strips = Math.ceil(info.outWidth / STRIP);
  const key =
    [info.inShape, info.outShape, info.filterHeight, info.filterWidth, info.strideHeight].join() +
    [info.strideWidth, info.dilationHeight, info.dilationWidth, info.padInfo.top, info.padInfo.left].join();
  const vectorInput = info.inChannels % 4 === 0;
  const vectorOutput = info.outChannels % 4 === 0;
  return {
    variableNames: hasBias ? ['x', 'W', 'bias'] : ['x', 'W'],
    variableComponents: [
      vectorInput ? 4 : 1,
      vectorOutput ? 4 : 1,
      ...(hasBias ? [vectorOutput ? 4 : 1] : []),
    ],
    outputComponent: vectorOutput ? 4 : 1,
    outputShape: info.outShape,
    uniforms: 'alpha : f32,',
    workgroupSize: WORKGROUP,
    dispatchLayout: { x: [2], y: [3], z: [0, 1] },
    dispatch: [
      Math.ceil(strips / WORKGROUP[0]),
      Math.ceil(groupsOfFour / groups / WORKGROUP[1]),
      info.batchSize * info.outHeight,
    ],
    shaderKey: `directConvolution_${key}_${hasBias}_${activation}`,
    getUserCode: () => shader(info, groups, hasBias, activation),
  };
}

function shader(info: backend_util.Conv2DInfo, groups: number, hasBias: boolean, activation: string): string {
  const { inChannels, outChannels, inHeight, inWidth, outHeight, outWidth, filterHeight, filterWidth } = info;
  const vectorOutput = outChannels % 4 === 0;
  const lanes = vectorOutput ? outChannels / 4 : outChannels;
  /** Four channels of a buffer; where they do not come in fours, lanes past the end hold what is never stored. */
  const four = (buffer: string, at: string): string =>
    vectorOutput
      ? `${buffer}[${at}]`
      : `vec4<f32>(${[0, 1, 2, 3].map((i) => `${buffer}[${at} + ${i}]`).join(', ')})`;
  const channel = (q: number): string => (vectorOutput ? `first + ${q}` : `(first + ${q}) * 4`);

  const step = inChannels % 4 === 0 ? 4 : 1;
  const taps = times(step, (i) =>
    times(groups, (q) => {
      const row = `((fy * ${filterWidth} + fx) * ${inChannels} + c * ${step} + ${i}) * ${lanes}`;
      return `let w${i}_${q} = ${four('W', `${row} + ${channel(q)}`)};`;
    }),
  );
  const parts = step === 4 ? ['v.x', 'v.y', 'v.z', 'v.w'] : ['v'];
  const sums = times(STRIP, (p) => {
    const zero = step === 4 ? 'vec4<f32>(0.0)' : '0.0';
    const column = `(column + ${p}) * ${info.strideWidth} + fx * ${info.dilationWidth} - ${info.padInfo.left}`;
    const read = `x[(y * ${inWidth} + clamp(at, 0, ${inWidth - 1})) * ${inChannels / step} + c]`;
    const add = times(
      groups,
      (q) => `a${p}_${q} += ${parts.map((v, i) => `${v} * w${i}_${q}`).join(' + ')};`,
    );
    return `{ let at = ${column}; let v = select(${zero}, ${read}, at >= 0 && at < ${inWidth}); ${add} }`;
  });
  const results = times(STRIP, (p) =>
    times(groups, (q) => {
      const bias = hasBias ? ` + ${four('bias', channel(q))}` : '';
      const place = `((image * ${outHeight} + row) * ${outWidth} + column + ${p}) * ${lanes} + ${channel(q)}`;
      const store = vectorOutput
        ? `result[${place}] = ${ACTIVATIONS[activation] ?? 'v'};`
        : `let r = ${ACTIVATIONS[activation] ?? 'v'}; for (var i = 0; i < 4; i++) {
             if (${channel(q)} + i < ${outChannels}) { result[${place} + i] = r[i]; }
           }`;
      return `if (column + ${p} < ${outWidth}) { let v = a${p}_${q}${bias}; ${store} }`;
    }),
  );
  // The bound on the rows is a uniform so that the uniforms are used at all: tfjs always binds them.
  return `
    fn main() {
      let first = i32(globalId.y) * ${groups};
      let column = i32(globalId.x) * ${STRIP};
      let image = i32(globalId.z) / uniforms.outShape.y;
      let row = i32(globalId.z) % uniforms.outShape.y;
      if (first >= ${Math.ceil(outChannels / 4)} || column >= ${outWidth}) { return; }
      ${times(STRIP, (p) => times(groups, (q) => `var a${p}_${q} = vec4<f32>(0.0);`))}
      for (var fy = 0; fy < ${filterHeight}; fy++) {
        let inRow = row * ${info.strideHeight} + fy * ${info.dilationHeight} - ${info.padInfo.top};
        if (inRow < 0 || inRow >= ${inHeight}) { continue; }
        let y = image * ${inHeight} + inRow;
        for (var fx = 0; fx < ${filterWidth}; fx++) {
          for (var c = 0; c < ${inChannels / step}; c++) {
            ${taps}
            ${sums}
          }
        }
      }
      ${results}
    }`;
}
