/** A slider on a plain or logarithmic scale; reports every move of the hand. */
import { Slider } from 'radix-ui';
import { useRef } from 'react';
import { clamp, type Range } from '../store/defaults.ts';
import { logShare, logValue, steppedValue } from './logScale.ts';

/** Steps of a logarithmic slider over its whole range. */
const LOG_STEPS = 400;

interface Props {
  readonly label: string;
  readonly value: number;
  readonly range: Range;
  readonly onChange: (value: number) => void;
  readonly logarithmic?: boolean;
  readonly disabled?: boolean;
  readonly step?: number;
  /** The value in words, for screen readers. */
  readonly valueText?: string;
}

export function SliderTrack(props: Props) {
  const {
    label,
    value,
    range,
    onChange,
    logarithmic = false,
    disabled = false,
    step = 0.01,
    valueText,
  } = props;
  const inside = clamp(value, range);
  const scale = logarithmic ? { min: 0, max: LOG_STEPS, step: 1 } : { ...range, step };
  const place = logarithmic ? Math.round(LOG_STEPS * logShare(inside, range)) : inside;
  /** A hand that drags may rest on a value; a key must always move it. */
  const byKey = useRef(false);
  const valueAt = (next: number): number => {
    if (!logarithmic) return next;
    const share = next / LOG_STEPS;
    return byKey.current ? steppedValue(inside, share, next > place ? 1 : -1, range) : logValue(share, range);
  };
  return (
    <Slider.Root
      className="slider"
      onKeyDown={() => (byKey.current = true)}
      onPointerDown={() => (byKey.current = false)}
      {...scale}
      disabled={disabled}
      value={[place]}
      onValueChange={([next]) => {
        if (next !== undefined) onChange(valueAt(next));
      }}
    >
      <Slider.Track className="slider-track">
        <Slider.Range className="slider-range" />
      </Slider.Track>
      <Slider.Thumb
        className="slider-thumb"
        aria-label={label}
        aria-valuetext={valueText ?? String(inside)}
      />
    </Slider.Root>
  );
}
