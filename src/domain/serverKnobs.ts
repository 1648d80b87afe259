/**
 * The knobs of the server: at which size the detector looks at a frame, which member of the family looks, and whether the
 * decoded frame is enhanced before. They change no byte on the link; they are what a budget of detector time buys.
 *
 * Accuracy stays agreement with the experiment's detector at its own size on a frame that is not enhanced. So the
 * ladder of members ends at that detector: a larger one would cost more only to be counted wrong where it sees more.
 */
import type { Configuration } from './configuration.ts';
import type { DetectorSpec } from './experiment.ts';
import type { KnobName } from './knob.ts';
import { formatSize, type Size } from './size.ts';

export const SERVER_KNOBS = ['inputSize', 'member', 'enhancement'] as const satisfies readonly KnobName[];
export type ServerKnob = (typeof SERVER_KNOBS)[number];

export const isServerKnob = (name: KnobName): name is ServerKnob =>
  SERVER_KNOBS.some((knob) => knob === name);

/** How the server looks at a frame. */
export type ServerSetting = Pick<Configuration, ServerKnob>;

export const settingOf = ({ inputSize, member, enhancement }: Configuration): ServerSetting => ({
  inputSize,
  member,
  enhancement,
});

export const sameSetting = (a: ServerSetting, b: ServerSetting): boolean =>
  SERVER_KNOBS.every((name) => a[name] === b[name]);

/** Settings with the same key show the detector the same. */
export const settingKey = (setting: ServerSetting): string =>
  SERVER_KNOBS.map((name) => setting[name]).join(' ');

/**
 * The lab's own detectors, cheap to expensive: one architecture of four widths and depths that takes any size in
 * multiples of 32, so that work grows with the pixels. The exits of street-large are no members: at one size the
 * second does the very work of `default`, and the first more than street-small, to find less (their cards).
 */
export const FAMILY = [
  { name: 'street-nano', multiplyAddsPerPixel: 778 },
  { name: 'street-small', multiplyAddsPerPixel: 1788 },
  { name: 'default', multiplyAddsPerPixel: 2996 },
  { name: 'street-large', multiplyAddsPerPixel: 5276 },
] as const;

/** A brought model's place on its ladder of one. */
const OWN_MODEL = 'own';

/** The family up to the experiment's detector, which is the reference; outside the family only itself. */
export function memberLadder(detector: DetectorSpec): readonly string[] {
  const name = typeof detector === 'string' ? detector : OWN_MODEL;
  const names: readonly string[] = FAMILY.map((member) => member.name);
  const index = names.indexOf(name);
  return index < 0 ? [name] : names.slice(0, index + 1);
}

/** Multiply-adds per pixel of the input; undefined outside the family. */
export const multiplyAddsPerPixel = (member: string): number | undefined =>
  FAMILY.find(({ name }) => name === member)?.multiplyAddsPerPixel;

/** Sides of a detector's input are multiples of this, the family's largest stride. */
const SIDE_MULTIPLE = 32;
const SIZE_FACTORS = [0.5, 0.67, 0.83];
/** A shape kept is worth this many times an area kept: a squeezed picture is another picture. */
const SHAPE_WEIGHT = 2;

/**
 * Sizes below a detector's own, and its own, cheap to expensive: of the multiples of 32 around each factor those that
 * keep shape and area best.
 * @param own pixels
 */
export function inputSizeLadder(own: Size): readonly string[] {
  const around = (side: number): number[] =>
    [Math.floor(side / SIDE_MULTIPLE), Math.ceil(side / SIDE_MULTIPLE)].map(
      (n) => Math.max(1, n) * SIDE_MULTIPLE,
    );
  const nearest = (factor: number): Size => {
    const wanted = { width: own.width * factor, height: own.height * factor };
    const distortion = ({ width, height }: Size): number =>
      SHAPE_WEIGHT * Math.abs(Math.log((width * wanted.height) / (height * wanted.width))) +
      Math.abs(Math.log((width * height) / (wanted.width * wanted.height)));
    return around(wanted.width)
      .flatMap((width) => around(wanted.height).map((height) => ({ width, height })))
      .reduce((best, size) => (distortion(size) < distortion(best) ? size : best));
  };
  const area = ({ width, height }: Size): number => width * height;
  const smaller = SIZE_FACTORS.map(nearest).filter((size) => area(size) < area(own));
  return [...new Set([...smaller, own].map(formatSize))];
}

/** What there is to choose from on the server; the last of each is the reference's. */
export interface ServerChoice {
  readonly members: readonly string[];
  readonly inputSizes: readonly string[];
}

/** @param own input size of the detector, pixels */
export const serverChoice = (detector: DetectorSpec, own: Size): ServerChoice => ({
  members: memberLadder(detector),
  inputSizes: inputSizeLadder(own),
});
