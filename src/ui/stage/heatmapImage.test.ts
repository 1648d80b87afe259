import { describe, expect, it } from 'vitest';
import { heatRange, placeOnMap, valueAtPoint } from './heatmapImage.ts';

const heatmap = (values: number[], columns: number) => ({
  columns,
  rows: values.length / columns,
  values: Float32Array.from(values),
});

describe('heat range', () => {
  it('leaves one bright cell in a hundred beyond the end', () => {
    const values = Array.from({ length: 200 }, (_, i) => (i === 7 ? 1000 : 1));
    expect(heatRange(heatmap(values, 20), 'magnitude')).toEqual({ min: 0, max: 1 });
  });
  it('is symmetric for signed maps', () => {
    expect(heatRange(heatmap([-4, 1, 2, 3], 2), 'signed')).toEqual({ min: -4, max: 4 });
  });
  it('survives a map of zeros', () => {
    const range = heatRange(heatmap([0, 0, 0, 0], 2), 'magnitude');
    expect(placeOnMap(0, range)).toBe(0);
  });
  it('shows a map with a single bright cell', () => {
    const values = Array.from({ length: 400 }, (_, i) => (i === 3 ? 5 : 0));
    expect(heatRange(heatmap(values, 20), 'magnitude').max).toBe(5);
  });
});

describe('value under the pointer', () => {
  it('reads the cell of a point, row by row from the top left', () => {
    const map = heatmap([1, 2, 3, 4, 5, 6], 3);
    expect(valueAtPoint(map, 0.99, 0.01)).toBe(3);
    expect(valueAtPoint(map, 0, 0.5)).toBe(4);
    expect(valueAtPoint(map, 1, 0.5)).toBeNull();
  });
});
