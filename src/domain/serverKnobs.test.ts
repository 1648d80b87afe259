import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FAMILY, inputSizeLadder, memberLadder, multiplyAddsPerPixel } from './serverKnobs.ts';
import { parseSize } from './size.ts';

const sizesOf = (width: number, height: number): readonly string[] => inputSizeLadder({ width, height });

describe('inputSizeLadder', () => {
  it('keeps the shape of the family’s sizes', () => {
    expect(sizesOf(480, 288)).toEqual(['256x160', '320x192', '384x224', '480x288']);
    expect(sizesOf(640, 384)).toEqual(['320x192', '416x256', '544x320', '640x384']);
    expect(sizesOf(512, 512)).toEqual(['256x256', '352x352', '416x416', '512x512']);
  });

  it('climbs in multiples of 32 to the detector’s own size, which it always ends with', () => {
    const side = fc.integer({ min: 1, max: 60 }).map((n) => 32 * n);
    fc.assert(
      fc.property(side, side, (width, height) => {
        const ladder = sizesOf(width, height).map(parseSize);
        expect(ladder.at(-1)).toEqual({ width, height });
        const areas = ladder.map((size) => size.width * size.height);
        expect(areas).toEqual([...new Set(areas)].sort((a, b) => a - b));
        for (const size of ladder) expect([size.width % 32, size.height % 32]).toEqual([0, 0]);
      }),
    );
  });
});

describe('memberLadder', () => {
  it('ends at the experiment’s detector, which is the reference', () => {
    expect(memberLadder('default')).toEqual(['street-nano', 'street-small', 'default']);
    expect(memberLadder('street-large')).toEqual(FAMILY.map(({ name }) => name));
    expect(memberLadder('street-nano')).toEqual(['street-nano']);
  });

  it('has one value outside the family', () => {
    expect(memberLadder('centernet-coco')).toEqual(['centernet-coco']);
    expect(memberLadder({ model: 'mine/model.json' })).toEqual(['own']);
    expect(multiplyAddsPerPixel('own')).toBeUndefined();
  });
});
