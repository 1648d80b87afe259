/**
 * The topology of our detectors, as Keras JSON: written out by writeTopology.ts. It is the one source: train.py
 * builds the same graph from it and writes the weights beside it, tfjs loads it.
 *
 * A fully convolutional net of few operations, each relu folded into its convolution. Input: RGB / 255, sides
 * multiples of 32. A pyramid down to 1/32 and back up to 1/8 gives exit 1; each further round goes down to 1/16 and
 * back and gives another; a net of several rounds also has exit 0, before it goes down to 1/32. Every exit is a map of cells of 8 × 8 px: logits of car, truck, person, bicycle,
 * then the distances of the left, top, right and bottom edge from the cell's centre as ln(distance / 8 px + MARGIN).
 */
export const STRIDE = 8;
/** An edge may lie on the far side of the cell's centre, by this share of a cell: narrow boxes fall between centres. */
export const MARGIN = 0.5;
export const LABELS = ['car', 'truck', 'person', 'bicycle'] as const;
const OUTPUTS = LABELS.length + 4;

export interface Member {
  readonly name: string;
  readonly label: string;
  /** Factor of all numbers of channels. */
  readonly width: number;
  /** Rounds through the pyramid. */
  readonly depth: number;
  /** Pixels, where it was trained; it runs at any other. */
  readonly input: { readonly width: number; readonly height: number };
}

/** The family, cheap to expensive. `default` is the one that the lab starts with. */
export const FAMILY: readonly Member[] = [
  {
    name: 'street-nano',
    label: 'Street nano',
    width: 0.5,
    depth: 1,
    input: { width: 384, height: 224 },
  },
  {
    name: 'street-small',
    label: 'Street small',
    width: 0.75,
    depth: 1,
    input: { width: 480, height: 288 },
  },
  {
    name: 'default',
    label: 'Street medium (default)',
    width: 1,
    depth: 1,
    input: { width: 480, height: 288 },
  },
  {
    name: 'street-large',
    label: 'Street large (four exits)',
    width: 1,
    depth: 3,
    input: { width: 640, height: 384 },
  },
];

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

  json(name: string, input: string, outputs: readonly string[]): Record<string, unknown> {
    return {
      class_name: 'Model',
      keras_version: '2.15.0',
      backend: 'tensorflow',
      config: {
        name,
        layers: this.layers,
        input_layers: [[input, 0, 0]],
        output_layers: outputs.map((output) => [output, 0, 0]),
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

export function topologyOf({ name, width, depth }: Pick<Member, 'name' | 'width' | 'depth'>): object {
  const channels = (whole: number): number => 8 * Math.round((whole * width) / 8);
  const [c2, c4, c8, c16, c32] = [channels(16), channels(32), channels(64), channels(96), channels(128)];
  const net = new Topology();
  const input = net.input('image');
  const at2 = net.convolution('stem', input, c2, { stride: 2 });
  const at4 = net.convolution('down4', at2, c4, { stride: 2 });
  const at8 = net.convolution('body8', net.convolution('down8', at4, c8, { stride: 2 }), c8);
  const at16 = net.convolution('body16', net.convolution('down16', at8, c16, { stride: 2 }), c16);
  const at32 = net.convolution('body32', net.convolution('down32', at16, c32, { stride: 2 }), c32);
  /** To the size and the channels of the level above. */
  const up = (round: string, from: string, level: number, filters: number): string => {
    const lateral = net.convolution(`lateral${level}${round}`, from, filters, { kernel: 1, relu: false });
    return net.upsample(`up${level}${round}`, lateral);
  };
  const exits: string[] = [];
  const exit = (number: number, from: string): void => {
    exits.push(net.convolution(`exit${number}`, from, OUTPUTS, { kernel: 1, relu: false }));
  };
  if (depth > 1) {
    const early = net.sum('sum8_0', [at8, up('_0', at16, 16, c8)]);
    exit(0, net.convolution('merge8_0', early, c8, { kernel: 1 }));
  }
  let fine16 = net.convolution('merge16', net.sum('sum16', [at16, up('', at32, 32, c16)]), c16);
  let fine8 = net.convolution('merge8', net.sum('sum8', [at8, up('', fine16, 16, c8)]), c8);
  exit(1, fine8);
  for (let round = 2; round <= depth; round++) {
    const down = net.convolution(`down16_${round}`, fine8, c16, { stride: 2 });
    const sum16 = net.sum(`sum16_${round}`, [fine16, down]);
    fine16 = net.sum(`fine16_${round}`, [sum16, net.convolution(`merge16_${round}`, sum16, c16)]);
    const sum8 = net.sum(`sum8_${round}`, [fine8, up(`_${round}`, fine16, 16, c8)]);
    fine8 = net.sum(`fine8_${round}`, [fine8, net.convolution(`merge8_${round}`, sum8, c8)]);
    exit(round, fine8);
  }
  return net.json(name.replaceAll('-', '_'), input, exits);
}
