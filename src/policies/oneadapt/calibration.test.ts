import { describe, expect, it } from 'vitest';
import { calibrated } from '../../gradients/calibrated.ts';
import type { FrameOption } from '../../gradients/frameForecast.ts';
import { inF1 } from './calibration.ts';
import { at, FEW_RUNGS, observation } from '../testTrace.ts';

const seen = (distortion: number, flat = false) => ({
  estimates: { distortion, signed: distortion, towardSource: distortion },
  logBandwidthSlope: 1,
  flat,
});

describe('an observation in F1', () => {
  it('has the distortion form of every knob in F1, towards the neighbour that was probed, and the other forms as they were', () => {
    const ran = at(0, 2);
    const told = {
      configuration: ran,
      lossWhereFound: 0.3,
      evidence: { quantizer: seen(4), resolution: seen(4) },
    };
    const { evidence } = inF1(observation(told), FEW_RUNGS, 0.05);
    const step = { knobs: FEW_RUNGS, ran, offset: 1 } as const;
    // The quantizer stands at its top, where the cheaper neighbour is probed.
    expect(evidence.quantizer?.estimates.distortion).toBe(
      calibrated(4, 0.3, { ...step, name: 'quantizer', offset: -1 }),
    );
    expect(evidence.resolution?.estimates.distortion).toBe(
      calibrated(4, 0.3, { ...step, name: 'resolution' }),
    );
    expect(evidence.resolution?.estimates.signed).toBe(4);
  });

  it('says nothing of a knob that changes no pixel', () => {
    const told = { configuration: at(0, 1), lossWhereFound: 0.3, evidence: { quantizer: seen(0, true) } };
    expect(inF1(observation(told), FEW_RUNGS, 0.05).evidence.quantizer?.estimates.distortion).toBe(0);
  });

  it('has what the frame filter’s choices lose in F1 too', () => {
    const choice = { frameRate: 10, pixelFilter: 0, areaFilter: 0, edgeFilter: 0 };
    const forecast: FrameOption[] = [{ choice, frames: 10, loss: 2, shown: [] }];
    const told = inF1(observation({ configuration: at(0, 1), forecast }), FEW_RUNGS, 0.05);
    expect(told.forecast?.[0]?.loss).toBeCloseTo(0.1, 12);
  });
});
