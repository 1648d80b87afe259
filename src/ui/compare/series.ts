/** What the timeline of a comparison draws. */

/** Intervals that are drawn: more are not told apart and slow the chart down. The table has all. */
export const MAX_POINTS = 240;

type Scale = (value: number) => number;

/**
 * A value holds until the next one begins, so the line has steps; the last one lasts an interval too.
 * @param first index of the first value
 * @returns an SVG path; empty without values
 */
export function stepPath(values: readonly number[], first: number, x: Scale, y: Scale): string {
  return values
    .map((value, i) => {
      const at = round(y(value));
      return `${i === 0 ? `M${round(x(first))} ${at}` : `V${at}`}H${round(x(first + i + 1))}`;
    })
    .join('');
}

/** The interval under a point of the time axis. @param place on it, in intervals */
export const intervalAt = (place: number, first: number, last: number): number =>
  Math.min(last, Math.max(first, Math.floor(place)));

const round = (value: number): number => Math.round(value * 10) / 10;
