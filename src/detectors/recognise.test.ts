import { describe, expect, it } from 'vitest';
import type { DetectorCard } from '../domain/card.ts';
import { formOf, parseModelJson, type ModelForm } from './modelForm.ts';
import { recogniseCard } from './recognise.ts';

const graph = (
  inputs: ModelForm['inputs'],
  outputs: ModelForm['outputs'],
  nodes: readonly string[] = [],
): ModelForm => ({ format: 'graph-model', nodes: new Set(nodes), inputs, outputs });

const recognised = async (form: ModelForm): Promise<DetectorCard> =>
  (await recogniseCard({ form, names: null, runnable: null })).card;

describe('recogniseCard', () => {
  it('knows a CenterNet by its nodes', async () => {
    const form = graph(
      [{ name: 'tower_0/images', shape: [1, 512, 512, 3] }],
      [{ name: 'tower_0/keypoints', shape: [1, 128, 128, 80] }],
      ['tower_0/wh', 'tower_0/keypoints', 'tower_0/images'],
    );
    const card = await recognised(form);
    expect(card.head).toEqual({ kind: 'centernet', heat: 'tower_0/keypoints', size: 'tower_0/wh' });
    expect(card.labels[2]).toBe('car');
    expect(card.threshold).toBe(0.35);
  });

  it('knows a NanoDet of any size and number of classes by its outputs', async () => {
    const outputs = [1600, 400, 100].flatMap((cells) => [
      { name: `scores ${cells}`, shape: [1, cells, 5] },
      { name: `boxes ${cells}`, shape: [1, cells, 32] },
    ]);
    const card = await recognised(graph([{ name: 'x', shape: [1, 3, 320, 320] }], outputs));
    expect(card.head.kind).toBe('gfl');
    expect(card.input).toMatchObject({ width: 320, height: 320, layout: 'NCHW', channels: 'BGR' });
    expect(card.labels).toHaveLength(5);
  });

  it('knows one grid output', async () => {
    const form = graph([{ name: 'x', shape: [-1, 192, 320, 3] }], [{ name: 'y', shape: [-1, 24, 40, 8] }]);
    const card = await recognised(form);
    expect(card.head).toEqual({ kind: 'grid', stride: 8 });
    expect(card.labels).toEqual(['class 0', 'class 1', 'class 2', 'class 3']);
  });

  it('says what it looked for otherwise', async () => {
    const form = graph([{ name: 'x', shape: [1, 224, 224, 3] }], [{ name: 'probs', shape: [1, 1000] }]);
    await expect(recognised(form)).rejects.toThrow('the model has probs [1, 1000]. Put a card.json');
    await expect(recognised(form)).rejects.toThrow('not a detector that the lab knows');
  });
});

describe('formOf', () => {
  it('reads the signature of a graph model', () => {
    const info = (name: string, ...sizes: number[]): object => ({
      name,
      tensorShape: { dim: sizes.map((size) => ({ size: String(size) })) },
    });
    const json = parseModelJson(
      JSON.stringify({
        format: 'graph-model',
        modelTopology: { node: [{ name: 'x' }, { name: 'y' }] },
        weightsManifest: [{ paths: ['a.bin'], weights: [{ name: 'w', shape: [2], dtype: 'float32' }] }],
        signature: { inputs: { x: info('x:0', 1, 8, 8, 3) }, outputs: { y: info('y:0', 1, 4) } },
      }),
      'model.json',
    );
    const form = formOf(json);
    expect(form.inputs).toEqual([{ name: 'x:0', shape: [1, 8, 8, 3] }]);
    expect(form.outputs).toEqual([{ name: 'y:0', shape: [1, 4] }]);
    expect([...form.nodes]).toEqual(['x', 'y']);
  });

  it('says what is no model', () => {
    expect(() => parseModelJson('<html>', 'page.json')).toThrow('page.json is not JSON.');
    expect(() => parseModelJson('{"a": 1}', 'a.json')).toThrow(
      'a.json is JSON, but not a TensorFlow.js model',
    );
  });
});
