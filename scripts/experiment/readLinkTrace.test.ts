import { expect, test } from 'vitest';
import { parseLinkTrace } from './readLinkTrace.ts';

test('reads moments and rates, past remarks and a header', () => {
  expect(parseLinkTrace('time,kbps\n# a walk\n0,800\r\n2.5; 120\n\n7 0 # tunnel\n', 'walk.csv')).toEqual([
    { seconds: 0, rateKbps: 800 },
    { seconds: 2.5, rateKbps: 120 },
    { seconds: 7, rateKbps: 0 },
  ]);
});

test.each([
  ['0,800\n0,900', 'Line 2'],
  ['0,-1', 'Line 1'],
  ['0,fast', 'Line 1'],
  ['0,1,2', 'Line 1'],
  ['kbps\n', 'is empty'],
])('refuses %j', (text, part) => {
  expect(() => parseLinkTrace(text, 'x.csv')).toThrow(part);
});
