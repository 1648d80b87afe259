/**
 * What the page knows, small enough to be compared and rendered: settings, status and the intervals. Pixels, boxes
 * and heat maps change with every frame and live in picture.ts; events of a run arrive through publisher.ts, at
 * most ten times a second. Components select narrowly; changes are made by the functions of the neighbouring files.
 */
import { create } from 'zustand';
import type { DetectorCard } from '../../domain/card.ts';
import type { DetectorSpec, Experiment } from '../../domain/experiment.ts';
import type { IntervalRecord } from '../../domain/interval.ts';
import type { KnobName } from '../../domain/knob.ts';
import type { Measuring, Progress, RunInfo, RunState, Stage } from '../../engine/events.ts';
import type { PreviewSession } from '../detector/previewSession.ts';
import { DEFAULT_EXPERIMENT } from './defaults.ts';

/** Where what is shown comes from. */
export type Origin = 'none' | 'recorded' | 'live' | 'opened';

export const LAYERS = ['none', 'dnnGrad', 'inputGrad', 'product', 'tiles', 'all'] as const;
export type Layer = (typeof LAYERS)[number];

export interface BoxKinds {
  readonly now: boolean;
  readonly reference: boolean;
  readonly exact: boolean;
}

/** What the trust view shows. */
export interface TrustSettings {
  /** As the records name it; null: the one that steers. */
  readonly estimator: string | null;
  /** What estimates are held against. */
  readonly against: 'accuracy' | 'utility';
  /** Of the scatter plot; null: the first that was measured. */
  readonly knob: KnobName | null;
  readonly isTable: boolean;
}

export interface ViewSettings {
  readonly layer: Layer;
  /** The knob whose InputGrad or product is shown. */
  readonly layerKnob: KnobName;
  /** Opacity of the heat map, 0 … 1. */
  readonly blend: number;
  /** True while H is held. */
  readonly heatHidden: boolean;
  readonly boxes: BoxKinds;
  readonly plane: readonly [x: KnobName, y: KnobName];
  /** What stands below the stage. */
  readonly tab: 'ascent' | 'trust';
  readonly trust: TrustSettings;
}

/** The newest frame in a few numbers; its picture is in picture.ts. */
export interface FrameSummary {
  readonly intervalIndex: number;
  readonly frameIndex: number;
  readonly seconds: number;
  readonly accuracy: number;
  readonly detections: number;
}

export interface Notice {
  readonly id: number;
  readonly level: 'info' | 'warning' | 'error';
  /** A full sentence. */
  readonly text: string;
  /** Ids of actions (actions/registry.ts) that help. */
  readonly remedies: readonly string[];
}

/** May a detector be fetched for clips and the webcam? null: nobody has decided. */
export type Consent = 'granted' | 'refused' | null;

/** Which detector goes with real footage; the rules are in footage.ts. */
export interface Footage {
  readonly consent: Consent;
  /** Is the question on the page? */
  readonly asking: boolean;
  /** The detector that footage has replaced by itself and the scene brings back; null: none. */
  readonly replaced: DetectorSpec | null;
  /** The detector was named for this footage, by hand or in an experiment: it is neither asked about nor replaced. */
  readonly named: boolean;
  /** The detector that could not be fetched and for which another stands in; null: none. */
  readonly missed: (Pick<Footage, 'replaced' | 'named'> & { readonly detector: DetectorSpec }) | null;
}

/** A model that a person brought and has not decided on; its dialog is open. */
export interface Bringing {
  /** Address or file name of the model.json. */
  readonly model: string;
  /** null: to be fetched. */
  readonly files: readonly File[] | null;
  /** As its folder names it. */
  readonly label: string;
  /** The card to begin with; null: as remembered or proposed. */
  readonly card: DetectorCard | null;
  readonly session: PreviewSession;
}

/** State of the comparison; while it is `preparing`, `running` or `paused` the engine is its. */
export type Comparing = 'none' | 'preparing' | 'running' | 'paused' | 'ended' | 'failed' | 'opened';

export const hasEngine = (comparing: Comparing): boolean =>
  comparing === 'preparing' || comparing === 'running' || comparing === 'paused';

export type Theme = 'auto' | 'light' | 'dark';

export interface LabState {
  /** The experiment as the controls say; what can change during a run is sent to it at once. */
  readonly draft: Experiment;
  /** The ordinary view of a run, or the comparison. */
  readonly page: 'run' | 'compare';
  readonly comparing: Comparing;
  /** State of the live run, also while something else is shown. */
  readonly runState: RunState;
  readonly progress: Progress | null;
  readonly origin: Origin;
  readonly info: RunInfo | null;
  readonly records: readonly IntervalRecord[];
  readonly frame: FrameSummary | null;
  /** Interval of the heat maps; null before the first. */
  readonly gradientsOf: number | null;
  readonly stage: Stage | null;
  readonly slowMotion: boolean;
  /** Is the truth measured after each interval? */
  readonly truth: boolean;
  /** How far the instrument is with it; null: it rests. */
  readonly measuring: Measuring | null;
  /** Index of the interval that the timeline is pointed at; null: at none. */
  readonly pointedAt: number | null;
  /** Index of the interval that the trust view looks at; null: the newest that was measured. */
  readonly trustedAt: number | null;
  readonly notices: readonly Notice[];
  readonly view: ViewSettings;
  readonly footage: Footage;
  readonly helpOpen: boolean;
  readonly exportOpen: boolean;
  readonly bringing: Bringing | null;
  readonly theme: Theme;
}

/** No run: neither what it is nor what it has shown. */
export const NOTHING_SHOWN = {
  origin: 'none',
  info: null,
  records: [],
  frame: null,
  gradientsOf: null,
  stage: null,
  measuring: null,
  pointedAt: null,
  trustedAt: null,
} as const;

export const INITIAL: LabState = {
  draft: DEFAULT_EXPERIMENT,
  page: 'run',
  comparing: 'none',
  runState: 'preparing',
  progress: null,
  ...NOTHING_SHOWN,
  slowMotion: false,
  truth: false,
  notices: [],
  view: {
    layer: 'dnnGrad',
    layerKnob: 'quantizer',
    blend: 0.6,
    heatHidden: false,
    boxes: { now: true, reference: true, exact: false },
    plane: ['resolution', 'quantizer'],
    tab: 'ascent',
    trust: { estimator: null, against: 'accuracy', knob: null, isTable: false },
  },
  footage: { consent: null, asking: false, replaced: null, named: false, missed: null },
  helpOpen: false,
  exportOpen: false,
  bringing: null,
  theme: 'auto',
};

export const useLab = create<LabState>()(() => INITIAL);

/** The newest interval, undefined before the first. */
export const lastRecord = (state: LabState): IntervalRecord | undefined => state.records.at(-1);
