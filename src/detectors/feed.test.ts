/** Where hand-made graphs are fed and cut. */
import { describe, expect, it } from 'vitest';
import { feedOf, type Feed } from './feed.ts';
import { graphOf, type Graph } from './graph.ts';
import { parseModelJson } from './modelForm.ts';
import { float, graphFiles } from './testGraphs.ts';

function graphWith(...made: Parameters<typeof graphFiles>): Graph {
  const { json, weights } = graphFiles(...made);
  const graph = graphOf(parseModelJson(json, 'model.json'), weights);
  if (!graph) throw new Error('The test made no graph.');
  return graph;
}

const names = (nodes: Feed['live'] | undefined): string[] => (nodes ?? []).map(({ name }) => name);

describe('feedOf', () => {
  it('feeds a plain graph at its input', () => {
    const feed = feedOf(
      graphWith(
        [
          ['c', 'Conv2D', 'x', 'w'],
          ['y', 'Sigmoid', 'c'],
        ],
        {},
        320,
      ),
    );
    expect(feed).toMatchObject({
      ...{ picture: 'x', node: 'x', size: [320, 320], factor: 1, offset: 0 },
      ...{ normalisesItself: false, reason: null, layout: 'NHWC' },
    });
    expect(names(feed?.live)).toEqual(['c', 'y']);
  });

  it('feeds behind a loop that scales pictures, and says what the loop does to them', () => {
    const graph = graphWith(
      [
        ['list', 'TensorListFromTensor', 'x'],
        ['enter', 'Enter', 'list'],
        ['merge', 'Merge', 'enter', 'next'],
        ['more', 'LoopCond', 'merge'],
        ['switch', 'Switch', 'merge', 'more'],
        ['one', 'TensorListGetItem', 'switch:1'],
        ['mul', 'Mul', 'k', 'one'],
        ['sub', 'Sub', 'mul', 'b'],
        ['resized', 'ResizeBilinear', 'sub', 'size'],
        ['set', 'TensorListSetItem', 'switch:1', 'resized'],
        ['next', 'NextIteration', 'set'],
        ['exit', 'Exit', 'switch'],
        ['stack', 'TensorListStack', 'exit'],
        ['c', '_FusedConv2D', 'stack', 'w'],
        ['y', 'Sigmoid', 'c'],
      ],
      { k: float(2 / 255), b: float(1), size: { values: [300, 320], dtype: 'int32' } },
    );
    const feed = feedOf(graph);
    expect(feed).toMatchObject({ node: 'stack', size: [300, 320], normalisesItself: false, offset: -1 });
    expect(feed?.factor).toBeCloseTo(2 / 255, 8);
    expect(feed?.reason).toContain('loop');
    expect(names(feed?.live)).toEqual(['c', 'y']);
  });

  it('reads before suppression and whatever depends on it', () => {
    const graph = graphWith([
      ['c', 'Conv2D', 'x', 'w'],
      ['boxes', 'Reshape', 'c'],
      ['scores', 'Sigmoid', 'c'],
      ['kept', 'NonMaxSuppressionV4', 'boxes', 'scores'],
      ['y', 'GatherV2', 'boxes', 'kept'],
      ['late', 'Identity', 'scores', '^kept'],
    ]);
    expect(names(feedOf(graph)?.tail)).toEqual(['c', 'boxes', 'scores']);
  });

  it('leaves out what comes before the last convolutions', () => {
    const graph = graphWith([
      ['a', 'Conv2D', 'x', 'w'],
      ['b', 'Relu', 'a'],
      ['c', 'Conv2D', 'b', 'w'],
      ['y', 'Sigmoid', 'c'],
    ]);
    expect(names(feedOf(graph)?.tail)).toEqual(['c', 'y']);
  });

  it('feeds behind a conversion or scaling of its input', () => {
    const cast = feedOf(
      graphWith([
        ['cast', 'Cast', 'x'],
        ['c', 'Conv2D', 'cast', 'w'],
      ]),
    );
    expect(cast).toMatchObject({ node: 'cast', size: undefined });
    const resized = feedOf(
      graphWith(
        [
          ['r', 'ResizeNearestNeighbor', 'x', 's'],
          ['m', 'Mul', 'r', 'k'],
          ['c', 'Conv2D', 'm', 'w'],
        ],
        { s: { values: [256, 320], dtype: 'int32' }, k: float(1 / 255) },
      ),
    );
    expect(resized).toMatchObject({ node: 'r', size: [256, 320], normalisesItself: true, factor: 1 });
  });

  it('gives up on graphs without a picture or a convolution', () => {
    expect(feedOf(graphWith([['y', 'MatMul', 'x', 'w']]))).toBeUndefined();
    expect(
      feedOf(
        graphWith([
          ['z', 'Placeholder'],
          ['c', 'Conv2D', 'x', 'w'],
        ]),
      ),
    ).toBeUndefined();
  });
});

describe('constants', () => {
  it('are read as tfjs reads them, quantised ones too', () => {
    const weights = [
      { name: 'plain', shape: [2], dtype: 'int32' },
      { name: 'byte', shape: [], dtype: 'float32', quantization: { dtype: 'uint8', scale: 0.5, min: -1 } },
      { name: 'half', shape: [1], dtype: 'float32', quantization: { dtype: 'float16' } },
      { name: 'large', shape: [17], dtype: 'uint8' },
    ];
    const json = { modelTopology: { node: [] }, weightsManifest: [{ paths: ['w.bin'], weights }] };
    const bytes = new Uint8Array(8 + 1 + 2 + 17);
    bytes.set([7, 0, 0, 0, 255, 255, 255, 255, 6]);
    const graph = graphOf(parseModelJson(JSON.stringify(json), 'model.json'), bytes.buffer);
    expect(graph?.constant('plain')).toEqual([7, -1]);
    expect(graph?.isInteger('plain')).toBe(true);
    expect(graph?.constant('byte')).toEqual([2]);
    expect(graph?.constant('half')).toBeUndefined();
    expect(graph?.constant('large')).toBeUndefined();
    expect(graph?.constant('none')).toBeUndefined();
  });
});
