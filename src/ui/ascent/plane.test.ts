import { describe, expect, it } from 'vitest';
import { shownPlane } from './plane.ts';

describe('the plane that is drawn', () => {
  it('is the chosen one where both of its knobs are tuned', () => {
    expect(shownPlane(['codec', 'tiles'], ['resolution', 'codec', 'tiles'])).toEqual(['codec', 'tiles']);
  });
  it('takes tuned knobs for those that do not move, never one of them twice', () => {
    const server = ['inputSize', 'member', 'enhancement'] as const;
    expect(shownPlane(['resolution', 'quantizer'], server)).toEqual(['inputSize', 'member']);
    expect(shownPlane(['resolution', 'inputSize'], server)).toEqual(['member', 'inputSize']);
    expect(shownPlane(['inputSize', 'quantizer'], server)).toEqual(['inputSize', 'member']);
  });
  it('stays as chosen where too few knobs are tuned', () => {
    expect(shownPlane(['resolution', 'quantizer'], [])).toEqual(['resolution', 'quantizer']);
    expect(shownPlane(['resolution', 'quantizer'], ['codec'])).toEqual(['codec', 'quantizer']);
  });
});
