import { describe, expect, it } from 'vitest';
import { fuseSilu } from './silu.ts';

const sigmoid = { name: 's', op: 'Sigmoid', input: ['x'], attr: {} };

describe('fuseSilu', () => {
  it.each([
    ['x', 's'],
    ['s', 'x'],
  ])('makes Mul(%s, %s) one operation of x and leaves the Sigmoid for others', (...input) => {
    const other = { name: 'z', op: 'Neg', input: ['s'], attr: {} };
    const { node } = fuseSilu({ node: [sigmoid, { name: 'y', op: 'Mul', input }, other] }) as {
      node: unknown;
    };
    expect(node).toEqual([sigmoid, { name: 'y', op: 'LabSilu', input: ['x'], attr: {} }, other]);
  });

  it('leaves other products alone', () => {
    const gate = { name: 'gate', op: 'Mul', input: ['w', 's'] };
    const square = { name: 'square', op: 'Mul', input: ['x', 'x'] };
    const topology = { node: [sigmoid, gate, square], versions: { producer: 1 } };
    expect(fuseSilu(topology)).toEqual(topology);
  });

  it('leaves layers models alone', () => {
    const topology = { model_config: { class_name: 'Functional' } };
    expect(fuseSilu(topology)).toBe(topology);
  });
});
