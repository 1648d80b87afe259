/** A slider on a plain or logarithmic scale; reports every move of the hand. */
import { Slider } from 'radix-ui';
import { clamp, type Range } from '../store/defaults.ts';
import { logShare, logValue } from './logScale.ts';

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
  return (
    <Slider.Root
      className="slider"
      {...scale}
      disabled={disabled}
      value={[logarithmic ? Math.round(LOG_STEPS * logShare(inside, range)) : inside]}
      onValueChange={([next]) => {
        if (next !== undefined) onChange(logarithmic ? logValue(next / LOG_STEPS, range) : next);
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
