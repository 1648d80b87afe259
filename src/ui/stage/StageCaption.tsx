/** The interval in numbers, under its picture. */
import type { ReactNode } from 'react';
import { INTERVAL_SECONDS } from '../../domain/interval.ts';
import { byteCount, fixed, quantity } from '../format.ts';
import { Term } from '../help/Term.tsx';
import { lastRecord, useLab } from '../store/labStore.ts';

export function StageCaption() {
  const record = useLab(lastRecord);
  const frameAccuracy = useLab((state) => state.frame?.accuracy);
  if (!record) return <div className="stage-caption hint">The numbers appear after the first interval.</div>;
  const saved = 1 - record.bytes / Math.max(1, record.referenceBytes);
  return (
    <div className="stage-caption">
      <Fact label={<Term name="interval">Interval {record.index + 1}</Term>}>{byteCount(record.bytes)}</Fact>
      <Fact label={<Term name="bandwidth" />}>{quantity(record.bytes / 125 / INTERVAL_SECONDS)} kbps</Fact>
      <Fact label={<Term name="reference">of reference</Term>}>{fixed(100 * (1 - saved), 0)} %</Fact>
      <Fact label={<Term name="accuracy" />}>{fixed(record.accuracy, 3)}</Fact>
      {record.accuracyTruth !== null && (
        <Fact label={<Term name="accuracyTruth">vs exact</Term>}>{fixed(record.accuracyTruth, 3)}</Fact>
      )}
      {frameAccuracy !== undefined && <Fact label="this frame">{fixed(frameAccuracy, 2)}</Fact>}
      <Fact label={<Term name="measured">Frames</Term>}>
        {record.measuredFrames}/{record.frames} measured, {record.sentFrames} sent
        {record.droppedFrames > 0 && <b className="warn">, {record.droppedFrames} dropped</b>}
      </Fact>
    </div>
  );
}

function Fact({ label, children }: { readonly label: ReactNode; readonly children: ReactNode }) {
  return (
    <span className="fact">
      <span className="fact-label">{label}</span>
      <span className="number">{children}</span>
    </span>
  );
}
