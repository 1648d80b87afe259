/** The card of a loaded model, field by field, beside what the model finds under it. */
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { DetectorCard } from '../../domain/card.ts';
import { sentenceOf } from '../../domain/sentenceOf.ts';
import type { PreviewModel } from '../../engine/preview.ts';
import { download } from '../export/download.ts';
import type { Bringing } from '../store/labStore.ts';
import { adopt, endBringing } from './bring.ts';
import { cardOf, formOf, isSameCard, type CardForm } from './cardForm.ts';
import { ClassFields } from './ClassFields.tsx';
import { HeadFields } from './HeadFields.tsx';
import { InputFields } from './InputFields.tsx';
import { Origin } from './Origin.tsx';
import { PreviewPane } from './PreviewPane.tsx';
import { forget } from './remembered.ts';
import { startingCard } from './startingCard.ts';

interface Props {
  readonly bringing: Bringing;
  readonly model: PreviewModel;
}

export function CardEditor({ bringing, model }: Props) {
  const { session } = bringing;
  const [start] = useState(() => startingCard(bringing, model));
  const [from, setFrom] = useState(start.from);
  const [form, setForm] = useState(() => formOf(start.card));
  const [trouble, setTrouble] = useState<string | null>(null);
  const misfit = useStore(session.state, (s) => s.misfit);
  const { proposal } = start;
  const { card, problem } = cardOf(form, proposal);
  const change = (patch: Partial<CardForm>): void => {
    setTrouble(null);
    setForm({ ...form, ...patch });
  };
  const reset = (): void => {
    change(formOf(proposal));
    setFrom('proposal');
  };
  useEffect(() => {
    if (card) session.look(card);
  });

  return (
    <>
      <div className="card-body">
        <div className="card-column">
          <PreviewPane session={session} form={form} problem={problem} />
          <ClassFields form={form} onChange={change} />
        </div>
        <div className="card-column">
          <Origin
            model={model}
            from={from}
            label={form.label}
            onRename={(label) => change({ label })}
            onForget={() => {
              forget(model.fingerprint);
              reset();
            }}
          />
          <InputFields input={form.input} onChange={(input) => change({ input })} />
          <HeadFields form={form} nodes={model.nodes} onChange={change} isOpen={model.origin === 'none'} />
        </div>
      </div>
      <Footer
        session={session}
        card={card}
        isProposal={card !== null && isSameCard(card, proposal)}
        isFit={problem === null && misfit === null}
        trouble={trouble}
        onReset={reset}
        onUse={async (chosen) => {
          try {
            await session.tryPasses(chosen);
            await adopt(model, proposal, chosen);
          } catch (error) {
            if (session.isOpen()) setTrouble(sentenceOf(error));
          }
        }}
      />
    </>
  );
}

interface FooterProps {
  readonly session: Bringing['session'];
  readonly card: DetectorCard | null;
  readonly isProposal: boolean;
  /** Why it cannot be used as it is stands beside the picture. */
  readonly isFit: boolean;
  /** What went wrong when it was to be used. */
  readonly trouble: string | null;
  readonly onReset: () => void;
  readonly onUse: (card: DetectorCard) => Promise<void>;
}

function Footer({ session, card, isProposal, isFit, trouble, onReset, onUse }: FooterProps) {
  const [isTrying, setTrying] = useState(false);
  const progress = useStore(session.state, (s) => s.progress);
  const use = (chosen: DetectorCard): void => {
    setTrying(true);
    void onUse(chosen).finally(() => setTrying(false));
  };
  return (
    <footer className="card-foot">
      <p
        className={trouble === null ? 'card-status' : 'card-status card-refusal'}
        role="status"
        data-testid="card-status"
      >
        {trouble ?? (isTrying ? (progress?.label ?? 'Trying both passes') : '')}
      </p>
      <div className="card-actions">
        <button
          type="button"
          className="button"
          data-testid="card-reset"
          disabled={isProposal}
          onClick={onReset}
        >
          As proposed
        </button>
        <button
          type="button"
          className="button"
          data-testid="card-save"
          disabled={card === null}
          title="Laid beside the model, it is used wherever the model is brought"
          onClick={() => {
            if (card) download(`${JSON.stringify(card, null, 2)}\n`, 'card.json', 'application/json');
          }}
        >
          Save card.json
        </button>
        <button type="button" className="button card-leave" onClick={endBringing}>
          Cancel
        </button>
        <button
          type="button"
          className="button card-use"
          data-testid="card-use"
          disabled={card === null || isTrying || !isFit}
          onClick={() => {
            if (card) use(card);
          }}
        >
          {isTrying ? 'Trying…' : 'Use this detector'}
        </button>
      </div>
    </footer>
  );
}
