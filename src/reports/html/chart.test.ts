import { describe, expect, it } from 'vitest';
import { chart, type ChartSpec } from './chart.ts';

/** Heights at which the line stands, pixels from the top. */
function heights(spec: Partial<ChartSpec>, values: readonly number[]): number[] {
  const html = chart({
    title: 'Bandwidth',
    unit: 'kbps',
    starts: values.map((_, i) => i),
    series: [{ name: 'Sent', values, colour: 'use' }],
    yTicks: [
      { at: 10, label: '10' },
      { at: 1000, label: '1000' },
    ],
    format: String,
    ...spec,
  });
  const path = /<path class="line c-use" d="M[\d.]+ ([^"]+)"/.exec(html)?.[1] ?? '';
  return path.split(/V|H[\d.]+V?/).flatMap((part) => (part === '' ? [] : [Number(part)]));
}

describe('a chart', () => {
  it('draws equal factors equally far apart where it is logarithmic, and nothing below its lowest tick', () => {
    const [ten, hundred, thousand, none] = heights({ isLogarithmic: true }, [10, 100, 1000, 0]);
    expect(Number(ten) - Number(hundred)).toBeCloseTo(Number(hundred) - Number(thousand), 1);
    expect(Number(hundred)).toBeLessThan(Number(ten));
    expect(none).toBe(ten);
  });

  it('draws equal differences equally far apart otherwise', () => {
    const [low, middle, high] = heights({}, [10, 505, 1000]);
    expect(Number(low) - Number(middle)).toBeCloseTo(Number(middle) - Number(high), 1);
  });
});
