import { describe, expect, it } from 'vitest';
import {
  byteCount,
  clockTime,
  fixed,
  force,
  knobValue,
  price,
  quantity,
  scientific,
  signed,
} from './format.ts';

describe('numbers', () => {
  it('never writes a negative zero', () => {
    expect(fixed(-0.001, 2)).toBe('0.00');
    expect(signed(0.0004, 2)).toBe('0.00');
  });
  it('writes signs with a true minus', () => {
    expect(signed(-0.5, 1)).toBe('−0.5');
    expect(signed(0.5, 1)).toBe('+0.5');
  });
  it('keeps three significant digits of a quantity', () => {
    expect([8.214, 82.14, 821.4, 0].map(quantity)).toEqual(['8.21', '82.1', '821', '0']);
  });
  it('writes gradients and prices in at most five figures', () => {
    expect([0.0214, 9.9996, -10.046, -785.64, 1250.4].map(force)).toEqual([
      '+0.021',
      '+10.0',
      '−10.0',
      '−785.6',
      '+1250',
    ]);
    expect([0, 2.4213, 116.31].map(price)).toEqual(['0.000', '2.421', '116.3']);
  });
  it('writes small numbers with a power of ten', () => {
    expect(scientific(0.00012)).toBe('1.2·10⁻⁴');
    expect(scientific(0)).toBe('0');
  });
  it('writes bytes, times and knob values for people', () => {
    expect(byteCount(51_234)).toBe('51.2 kB');
    expect(clockTime(75)).toBe('1:15');
    expect(knobValue('640x384', 'px')).toBe('640×384');
    expect(knobValue(10, 'fps')).toBe('10 fps');
  });
});
