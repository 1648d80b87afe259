import { expect, it } from 'vitest';
import { createDisplay } from './display.ts';

const named = (label: string) => [{ ...{ x: 0, y: 0, width: 1, height: 1 }, score: 1, label }];

it('counts every result for its own frame where there is no deadline', () => {
  const display = createDisplay(null);
  display.arrives(99, named('late'));
  expect(display.at(0, named('own'))).toEqual(named('own'));
});

it('lets the newest result stand that has come by the deadline, and nothing before the first', () => {
  const display = createDisplay(100);
  display.arrives(0.25, named('first'));
  expect(display.at(0, named('first'))).toEqual([]);
  display.arrives(0.28, named('second'));
  // Due at 0.2 + 0.1: both have come.
  expect(display.at(0.2, named('third'))).toEqual(named('second'));
  display.arrives(5, named('third'));
  expect(display.at(0.3, named('fourth'))).toEqual(named('second'));
  expect(display.at(4.9, named('fifth'))).toEqual(named('third'));
});
