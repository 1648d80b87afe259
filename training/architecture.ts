/**
 * The topology of the default detector, as Keras JSON: written out by writeTopology.ts. It is the one
 * source: train.py builds the same graph from it and writes the weights beside it, tfjs loads it.
 *
 * A fully convolutional net of few operations, each relu folded into its convolution. Input: RGB / 255, sides
 * multiples of 32. Output: at every cell of 8 × 8 px, logits of car, truck, person, bicycle, then the distances of
 * the left, top, right and bottom edge from the cell's centre as ln(distance / 8 px).
 */
export const INPUT_WIDTH = 480;
export const INPUT_HEIGHT = 288;
export const STRIDE = 8;
export const LABELS = ['car', 'truck', 'person', 'bicycle'] as const;
const OUTPUTS = LABELS.length + 4;

interface LayerJson {
  readonly class_name: string;
  readonly name: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly inbound_nodes: readonly unknown[];
}

class Topology {
  readonly layers: LayerJson[] = [];

  input(name: string): string {
    const config = { batch_input_shape: [null, null, null, 3], dtype: 'float32', sparse: false };
    return this.add('InputLayer', name, config, []);
  }

  convolution(
    name: string,
    from: string,
    filters: number,
    options: { readonly kernel?: number; readonly stride?: number; readonly relu?: boolean } = {},
  ): string {
    const { kernel = 3, stride = 1, relu = true } = options;
    const config = {
      filters,
      kernel_size: [kernel, kernel],
      strides: [stride, stride],
      padding: 'same',
      data_format: 'channels_last',
      dilation_rate: [1, 1],
      activation: relu ? 'relu' : 'linear',
      use_bias: true,
    };
    return this.add('Conv2D', name, config, [from]);
  }

  /** Twice the size, by repeating pixels: its gradient is right in every backend, that of bilinear is not. */
  upsample(name: string, from: string): string {
    const config = { size: [2, 2], data_format: 'channels_last', interpolation: 'nearest' };
    return this.add('UpSampling2D', name, config, [from]);
  }

  sum(name: string, from: readonly string[]): string {
    return this.add('Add', name, {}, from);
  }

  json(name: string, input: string, output: string): Record<string, unknown> {
    return {
      class_name: 'Model',
      keras_version: '2.15.0',
      backend: 'tensorflow',
      config: {
        name,
        layers: this.layers,
        input_layers: [[input, 0, 0]],
        output_layers: [[output, 0, 0]],
      },
    };
  }

  private add(kind: string, name: string, config: object, from: readonly string[]): string {
    this.layers.push({
      class_name: kind,
      name,
      config: { name, trainable: true, ...config },
      inbound_nodes: from.length === 0 ? [] : [from.map((layer) => [layer, 0, 0, {}])],
    });
    return name;
  }
}

export function defaultTopology(): Record<string, unknown> {
  const net = new Topology();
  const input = net.input('image');
  const at2 = net.convolution('stem', input, 16, { stride: 2 });
  const at4 = net.convolution('down4', at2, 32, { stride: 2 });
  const at8a = net.convolution('down8', at4, 64, { stride: 2 });
  const at8 = net.convolution('body8', at8a, 64);
  const at16a = net.convolution('down16', at8, 96, { stride: 2 });
  const at16 = net.convolution('body16', at16a, 96);
  const at32a = net.convolution('down32', at16, 128, { stride: 2 });
  const at32 = net.convolution('body32', at32a, 128);
  const from32 = net.upsample('up32', net.convolution('lateral32', at32, 96, { kernel: 1, relu: false }));
  const merged16 = net.convolution('merge16', net.sum('sum16', [at16, from32]), 96);
  const from16 = net.upsample('up16', net.convolution('lateral16', merged16, 64, { kernel: 1, relu: false }));
  const merged8 = net.convolution('merge8', net.sum('sum8', [at8, from16]), 64);
  const head = net.convolution('head', merged8, OUTPUTS, { kernel: 1, relu: false });
  return net.json('oneadapt_default', input, head);
}
