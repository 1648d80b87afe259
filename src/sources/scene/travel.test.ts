import { describe, expect, it } from 'vitest';
import { Travel } from './travel.ts';

describe('travel', () => {
  it('is the clock at everyday speed', () => {
    expect(new Travel(0.5).secondsAt(7)).toBeCloseTo(7);
  });

  it('does not jump when the slider moves', () => {
    const travel = new Travel(0.5);
    travel.changeSpeed(1, 10);
    expect(travel.secondsAt(10)).toBeCloseTo(10);
    expect(travel.secondsAt(11)).toBeCloseTo(12);
    travel.changeSpeed(0, 11);
    expect(travel.secondsAt(50)).toBeCloseTo(12);
  });
});
