/** Numbers as the page writes them: tabular, with a true minus sign, the unit outside. */
import type { Configuration } from '../domain/configuration.ts';
import { CODECS } from '../domain/experiment.ts';
import { SERVER_KNOBS } from '../domain/serverKnobs.ts';

const MINUS = '−';

/** Fixed decimals with a typographic minus; never "−0.00". */
export function fixed(value: number, digits: number): string {
  const text = Math.abs(value).toFixed(digits);
  return value < 0 && Number(text) !== 0 ? MINUS + text : text;
}

/** As {@link fixed}, with a plus sign on what is positive. */
export function signed(value: number, digits: number): string {
  const text = fixed(value, digits);
  return value > 0 && Number(Math.abs(value).toFixed(digits)) !== 0 ? `+${text}` : text;
}

/** Decimals of a gradient or a price: few enough figures for the narrowest column. */
function decimalsOf(value: number): number {
  const size = Number(Math.abs(value).toFixed(3));
  return size >= 1000 ? 0 : size >= 10 ? 1 : 3;
}

/** A gradient or what pulls against it: +0.021, −10.1, +1250. */
export const force = (value: number): string => signed(value, decimalsOf(value));

/** A Lagrange multiplier, beside its gradients. */
export const price = (value: number): string => fixed(value, decimalsOf(value));

/** Three significant digits for a physical quantity: 8.21, 82.1, 821, 8210. */
export function quantity(value: number): string {
  const size = Math.abs(value);
  return fixed(value, size >= 100 || size === 0 ? 0 : size >= 10 ? 1 : 2);
}

/** A value whose order of magnitude is not known beforehand. */
export function scientific(value: number): string {
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size >= 0.01 && size < 10_000) return quantity(value);
  const exponent = Math.floor(Math.log10(size));
  const digits = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
  const power = Array.from(String(Math.abs(exponent)))
    .map((d) => digits[Number(d)] ?? '')
    .join('');
  return `${fixed(value / 10 ** exponent, 1)}·10${exponent < 0 ? '⁻' : ''}${power}`;
}

/** 51 234 → "51.2 kB". */
export function byteCount(bytes: number): string {
  if (bytes < 1000) return `${Math.round(bytes)} B`;
  if (bytes < 1e6) return `${quantity(bytes / 1000)} kB`;
  return `${quantity(bytes / 1e6)} MB`;
}

/** Seconds of video as m:ss. */
export function clockTime(seconds: number): string {
  const whole = Math.floor(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

/** A knob's value as a person reads it: "640×384", "96", "10 fps", "VP9", "nano" for street-nano. */
export function knobValue(value: string | number, unit: string): string {
  const text = CODECS.some((codec) => codec === value)
    ? String(value).toUpperCase()
    : String(value)
        .replace(/^(\d+)x(\d+)$/, '$1×$2')
        .replace(/^street-/, '');
  return unit === '' || unit === 'px' ? text : `${text} ${unit}`;
}

/**
 * A configuration in one line; of the later knobs what is not as usual.
 * @param usual of the server's knobs
 */
export function configurationText(configuration: Configuration, usual: Partial<Configuration>): string {
  const { resolution, quantizer, frameRate, keyFrameInterval, codec, colour, tiles } = configuration;
  const { pixelFilter, areaFilter, edgeFilter } = configuration;
  return [
    knobValue(resolution, ''),
    `q ${quantizer}`,
    knobValue(frameRate, 'fps'),
    ...(keyFrameInterval === 1 ? [] : [`key ${keyFrameInterval} s`]),
    ...(codec === 'vp9' ? [] : [knobValue(codec, '')]),
    ...(colour === 'colour' ? [] : [colour]),
    ...Object.entries({ pixel: pixelFilter, area: areaFilter, edge: edgeFilter }).flatMap(
      ([feature, percent]) => (percent === 0 ? [] : [`${feature} ≥ ${percent} %`]),
    ),
    ...SERVER_KNOBS.flatMap((name) =>
      configuration[name] === usual[name] ? [] : [knobValue(configuration[name], '')],
    ),
    ...(tiles === 100 ? [] : [`tiles ${tiles} %`]),
  ].join(' · ');
}

/** "1 interval", "2 intervals". */
export const count = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? '' : 's'}`;
