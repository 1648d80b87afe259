/** A slider on a plain or logarithmic scale; reports every move of the hand. */
import { Slider } from 'radix-ui';
import { clamp, type Range } from '../store/defaults.ts';

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

const toStep = (value: number, { min, max }: Range): number =>
  Math.round((LOG_STEPS * Math.log(value / min)) / Math.log(max / min));

/** Two significant digits: a slider cannot point at more. */
function fromStep(step: number, { min, max }: Range): number {
  const exact = min * (max / min) ** (step / LOG_STEPS);
  return clamp(Number(exact.toPrecision(2)), { min, max });
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
      value={[logarithmic ? toStep(inside, range) : inside]}
      onValueChange={([next]) => {
        if (next !== undefined) onChange(logarithmic ? fromStep(next, range) : next);
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
