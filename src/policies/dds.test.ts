import { describe, expect, it } from 'vitest';
import { createDds, uncertainRegions } from './dds.ts';
import { box, contextOf, kbps, observation, seeing, where } from './testTrace.ts';

const dds = () => createDds({ again: {}, configuration: {} }, contextOf(['quantizer']));

describe('DDS', () => {
  it('asks again for what is faint, small and not found already', () => {
    const car = box(0.1, 0.1, 0.08, 0.8);
    // On the car: 0.06 of the width in 0.1 is an IoU of 0.6.
    const onCar = box(0.12, 0.1, 0.08, 0.4);
    // Beside it: 0.03 in 0.13 is 0.23.
    const besideCar = box(0.15, 0.1, 0.08, 0.4);
    const faint = box(0.5, 0.5, 0.05, 0.3);
    // 1.2 % of the frame.
    const large = box(0.6, 0.6, 0.11, 0.3);
    const noise = box(0.3, 0.8, 0.05, 0.09);
    const seen = seeing(car, onCar, besideCar, faint, large, noise);
    expect(uncertainRegions(seen)).toEqual([besideCar, faint]);
    // Faint: columns 8 (0.5 · 16) to 8.8, rows 4.5 to 4.95: tile 4 · 16 + 8.
    expect(where([...(dds().regions?.again?.tiles(seeing(car, faint, large)) ?? [])])).toEqual([72]);
  });

  it('asks for nothing where the detector is sure', () => {
    expect(where([...(dds().regions?.again?.tiles(seeing(box(0.1, 0.1, 0.05))) ?? [])])).toEqual([]);
    expect(where([...(dds().regions?.keep(seeing(), null) ?? [])])).toHaveLength(16 * 9);
  });

  it('sends at the rungs nearest to the authors’ quantizers where none are given', () => {
    // 36/51 · 255 = 180, nearest 176; 26/51 · 255 = 130, nearest 128.
    expect(dds().first().configuration.quantizer).toBe(176);
    expect(dds().regions?.again?.configuration).toEqual({ ...dds().first().configuration, quantizer: 128 });
    const given = createDds({ again: { quantizer: 32 }, configuration: { quantizer: 64 } }, contextOf([]));
    expect(given.first().configuration.quantizer).toBe(64);
    expect(given.regions?.again?.configuration.quantizer).toBe(32);
  });

  it('moves both together, by what both rounds took', () => {
    const policy = dds();
    // 500 and 300 of 400: ln 2 / ln 1.3 = 2.6, so three rungs each: 192, 208, 224 and 144, 160, 176.
    const { configuration } = policy.next(
      observation({ bandwidthKbps: 500, againKbps: 300, budget: kbps(400) }),
    );
    expect(configuration.quantizer).toBe(224);
    expect(policy.regions?.again?.configuration.quantizer).toBe(176);
  });
});
