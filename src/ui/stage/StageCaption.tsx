/** The interval in numbers, under its picture. */
import type { ReactNode } from 'react';
import { INTERVAL_SECONDS } from '../../domain/interval.ts';
import { byteCount, fixed, knobValue, quantity } from '../format.ts';
import { Term } from '../help/Term.tsx';
import { lastRecord, useLab } from '../store/labStore.ts';

export function StageCaption() {
  const record = useLab(lastRecord);
  if (!record) return <div className="stage-caption hint">The numbers appear after the first interval.</div>;
  const share = (100 * record.bytes) / Math.max(1, record.referenceBytes);
  return (
    <div className="stage-caption">
      <Fact label={<Term name="interval">Interval {record.index + 1}</Term>}>{byteCount(record.bytes)}</Fact>
      <Fact>
        {quantity(record.bytes / 125 / INTERVAL_SECONDS)} <Term name="bandwidth">kbps</Term>
      </Fact>
      <Fact>
        {fixed(share, 0)} % <Term name="reference">of reference</Term>
      </Fact>
      <Fact label={<Term name="accuracy" />}>{fixed(record.accuracy, 3)}</Fact>
      <Fact label={<Term name="member">Detector</Term>}>
        {knobValue(record.configuration.member, '')} {knobValue(record.configuration.inputSize, '')}
        {record.configuration.enhancement !== 'off' && ', sharpened'}
      </Fact>
      {record.accuracyTruth !== null && (
        <Fact label={<Term name="accuracyTruth">vs exact</Term>}>{fixed(record.accuracyTruth, 3)}</Fact>
      )}
      {(record.delayMs === null || record.delayMs >= 1) && (
        <Fact label={<Term name="delay" />}>
          {record.delayMs === null ? 'without end' : `${fixed(record.delayMs, 0)} ms`}
        </Fact>
      )}
      <Fact>
        {record.sentFrames} sent, {record.measuredFrames}/{record.frames}{' '}
        <Term name="measured">measured</Term>
        {record.droppedFrames > 0 && <b className="warn">, {record.droppedFrames} dropped</b>}
      </Fact>
    </div>
  );
}

function Fact({ label, children }: { readonly label?: ReactNode; readonly children: ReactNode }) {
  return (
    <span className="fact">
      {label !== undefined && <span className="fact-label">{label}</span>}
      <span className="number">{children}</span>
    </span>
  );
}
