import { describe, expect, it } from 'vitest';
import { DEFAULT_ONEADAPT } from '../domain/experiment.ts';
import { ladders } from '../domain/ladders.ts';
import { neededRungs } from './neededRungs.ts';

const knobs = ladders({ width: 640, height: 384 }, 255);
const policy = { name: 'oneadapt', ...DEFAULT_ONEADAPT } as const;
const members = ['street-nano', 'street-small', 'default'];

describe('neededRungs', () => {
  it('are none where no server knob is tuned or placed', () => {
    expect(neededRungs({ knobs: ['quantizer'], policy, edits: [] }, knobs)).toEqual({});
    const atRest = { name: 'static', configuration: { member: 'default', enhancement: 'off' } } as const;
    expect(neededRungs({ knobs: [], policy: atRest, edits: [] }, knobs)).toEqual({});
  });

  it('are the whole ladder of a knob that is tuned, now or by a planned change', () => {
    expect(neededRungs({ knobs: ['member', 'quantizer'], policy, edits: [] }, knobs)).toEqual({
      member: members,
    });
    const edits = [{ interval: 2, moment: 'before', knobs: ['member'] }] as const;
    expect(neededRungs({ knobs: [], policy, edits }, knobs)).toEqual({ member: members });
  });

  it('are the ladder of a knob that a configuration puts elsewhere than where it rests', () => {
    const placed = { name: 'static', configuration: { inputSize: '320x192' } } as const;
    expect(Object.keys(neededRungs({ knobs: [], policy: placed, edits: [] }, knobs))).toEqual(['inputSize']);
    const again = { name: 'dds', configuration: {}, again: { member: 'street-nano' } } as const;
    expect(neededRungs({ knobs: [], policy: again, edits: [] }, knobs)).toEqual({ member: members });
    const edits = [{ interval: 1, moment: 'during', configuration: { enhancement: 'sharpen' } }] as const;
    expect(neededRungs({ knobs: [], policy, edits }, knobs)).toEqual({ enhancement: ['off', 'sharpen'] });
  });
});
