/** Which detector: ours, known ones by name with consent to fetch them, one's own by URL or files. */
import { useState } from 'react';
import { DETECTORS, type RegisteredDetector } from '../../detectors/registry.ts';
import type { DetectorCard } from '../../domain/card.ts';
import type { DetectorSpec } from '../../domain/experiment.ts';
import { FootageChoice } from '../consent/FootageChoice.tsx';
import { Flyout } from '../controls/Flyout.tsx';
import { byteCount } from '../format.ts';
import { restartWith } from '../store/draft.ts';
import { modelLabel } from '../store/inputs.ts';
import { useLab } from '../store/labStore.ts';
import { DETECTOR_BUTTON } from './button.ts';
import { OwnModel } from './OwnModel.tsx';
import { useCard } from './useCard.ts';

function nameOf(detector: DetectorSpec): string {
  if (typeof detector === 'string') return DETECTORS.find((d) => d.name === detector)?.label ?? detector;
  return detector.card?.label ?? modelLabel(detector.model);
}

export function DetectorMenu() {
  const detector = useLab((state) => state.draft.detector);
  const [open, setOpen] = useState(false);
  const choose = (spec: DetectorSpec): void => {
    setOpen(false);
    restartWith({ detector: spec });
  };
  return (
    <Flyout
      label="Detector"
      value={nameOf(detector)}
      testId="detector-menu"
      id={DETECTOR_BUTTON}
      open={open}
      onOpenChange={setOpen}
    >
      <ul className="choices">
        {DETECTORS.map((d) => (
          <Registered
            key={d.name}
            detector={d}
            isChosen={d.name === detector}
            onChoose={() => choose(d.name)}
          />
        ))}
      </ul>
      <FootageChoice />
      <OwnModel onChosen={() => setOpen(false)} />
    </Flyout>
  );
}

interface RegisteredProps {
  readonly detector: RegisteredDetector;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
}

/** What a choice between detectors turns on. The figures are those of its card, which says how they were measured. */
function factsOf({ accuracy, input, multiplyAdds }: DetectorCard): string {
  const facts = [
    ...(accuracy ? [`AP50 ${accuracy.AP50.toFixed(2)}`] : []),
    ...(multiplyAdds === undefined ? [] : [`${Math.round(multiplyAdds / 1e6)} M multiply-adds`]),
    `${input.width}×${input.height} px`,
  ];
  return facts.join(' · ');
}

function Registered({ detector, isChosen, onChoose }: RegisteredProps) {
  const { bytes, label, name, url } = detector;
  const card = useCard(detector);
  const consent =
    bytes === null
      ? 'Comes with the lab; knows the built-in street alone, and is judged on such streets as training never saw.'
      : `Choosing it fetches ${byteCount(bytes)} from the public address ${new URL(url, location.href).host}. Licence: ${card?.licence ?? 'see its card'}.`;
  return (
    <li>
      <button
        type="button"
        className="choice-button"
        aria-pressed={isChosen}
        data-testid={`detector-${name}`}
        title={card?.measured}
        onClick={onChoose}
      >
        <strong>{label}</strong>
        {card && <span>{bytes === null ? factsOf(card) : `${card.description.split('. ')[0] ?? ''}.`}</span>}
        <span className="hint">{consent}</span>
      </button>
    </li>
  );
}
