import { describe, expect, it } from 'vitest';
import { lightAt } from './light.ts';

describe('light', () => {
  it('has a sun at noon, lamps at night', () => {
    expect(lightAt(1, 0, 1).sun[0]).toBeGreaterThan(1);
    expect(lightAt(1, 0, 1).lamps).toBe(0);
    expect(lightAt(0, 0, 1).sun[0]).toBe(0);
    expect(lightAt(0, 0, 1).lamps).toBe(1);
  });

  it('is noisier in the dark', () => {
    expect(lightAt(0, 0, 1).noise).toBeGreaterThan(lightAt(1, 0, 1).noise);
  });

  it('wets the road and hides the sun when it rains', () => {
    expect(lightAt(1, 1, 1).wetness).toBe(1);
    expect(lightAt(1, 1, 1).sun[0]).toBeLessThan(0.3);
  });

  it('keeps the sun above the ground', () => {
    for (let light = 0; light <= 1; light += 0.1) {
      expect(lightAt(light, 0, 5).sunDirection[1]).toBeGreaterThan(0.2);
    }
  });
});
