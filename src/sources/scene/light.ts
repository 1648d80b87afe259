/** Light and weather: what the sliders `light` and `rain` mean for sun, sky, lamps and the camera's exposure. */
import { between } from './rng.ts';
import type { Vec3 } from './shape.ts';

export interface Light {
  /** Unit vector towards the sun. */
  readonly sunDirection: Vec3;
  readonly sun: Vec3;
  readonly skyAbove: Vec3;
  readonly skyHorizon: Vec3;
  /** Light that comes back from the ground. */
  readonly bounce: Vec3;
  /** Brightness of street lamps, windows and headlights, 0 by day. */
  readonly lamps: number;
  /** 0 dry … 1 the road mirrors. */
  readonly wetness: number;
  /** Share of the view that haze takes at 100 m. */
  readonly haze: number;
  /** Factor on radiance before tone mapping: what an automatic camera would choose. */
  readonly exposure: number;
  /** Standard deviation of the sensor noise in mid grey, grey levels of 255. */
  readonly noise: number;
}

const mix = (a: number, b: number, t: number): number => a + (b - a) * t;
const mix3 = (a: Vec3, b: Vec3, t: number): Vec3 => [
  mix(a[0], b[0], t),
  mix(a[1], b[1], t),
  mix(a[2], b[2], t),
];
const scale = (a: Vec3, s: number): Vec3 => [a[0] * s, a[1] * s, a[2] * s];
const smooth = (low: number, high: number, x: number): number => {
  const t = Math.min(1, Math.max(0, (x - low) / (high - low)));
  return t * t * (3 - 2 * t);
};

/**
 * @param light 0 night … 1 noon
 * @param rain 0 dry … 1 downpour
 * @param seed turns the sun's azimuth
 */
export function lightAt(light: number, rain: number, seed: number): Light {
  const day = smooth(0.08, 0.5, light);
  const clouds = smooth(0, 0.4, rain);
  const elevation = mix(0.3, 1, smooth(0.2, 1, light));
  const azimuth = between(0, 2 * Math.PI, seed, 91);
  const sunColor = mix3([1, 0.62, 0.34], [1, 0.95, 0.86], smooth(0.3, 0.85, light));
  const nightSky: Vec3 = [0.012, 0.015, 0.028];
  const above = mix3(
    mix3(nightSky, [0.26, 0.42, 0.78], day),
    scale([0.5, 0.53, 0.57], mix(0.03, 1, day)),
    clouds,
  );
  const horizon = mix3(
    mix3([0.03, 0.028, 0.036], [0.66, 0.72, 0.8], day),
    scale([0.6, 0.62, 0.64], mix(0.05, 1, day)),
    clouds,
  );
  return {
    sunDirection: [
      Math.cos(elevation) * Math.cos(azimuth),
      Math.sin(elevation),
      Math.cos(elevation) * Math.sin(azimuth),
    ],
    sun: scale(sunColor, 2.5 * day * (1 - 0.93 * clouds)),
    skyAbove: above,
    skyHorizon: horizon,
    bounce: scale([0.2, 0.18, 0.15], day * (1 - 0.5 * clouds)),
    lamps: 1 - smooth(0.2, 0.5, light - 0.12 * rain),
    wetness: smooth(0.05, 0.45, rain),
    haze: mix(0.06, 0.5, smooth(0.1, 1, rain)),
    exposure: mix(1.9, 0.95, day) * mix(1, 1.25, clouds),
    noise: mix(5, 2, day),
  };
}
