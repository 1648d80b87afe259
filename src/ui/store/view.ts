/** How the page shows a run; none of it changes the run. */
import type { KnobName } from '../../domain/knob.ts';
import {
  useLab,
  type BoxKinds,
  type Layer,
  type Theme,
  type TrustSettings,
  type ViewSettings,
} from './labStore.ts';
import { keep, readKept } from './storage.ts';

const THEME_KEY = 'oneadapt-lab-theme';

export function setView(patch: Partial<ViewSettings>): void {
  useLab.setState(({ view }) => ({ view: { ...view, ...patch } }));
}

export const setLayer = (layer: Layer, layerKnob?: KnobName): void =>
  setView(layerKnob === undefined ? { layer } : { layer, layerKnob });

export function toggleBoxes(kind: keyof BoxKinds): void {
  const { boxes } = useLab.getState().view;
  setView({ boxes: { ...boxes, [kind]: !boxes[kind] } });
}

/** The next tuned knob's heat map. */
export function nextLayerKnob(): void {
  const { view, draft } = useLab.getState();
  const next = draft.knobs[(draft.knobs.indexOf(view.layerKnob) + 1) % draft.knobs.length];
  if (next) setView({ layerKnob: next });
}

/** Two different knobs span the plane: choosing the other axis's knob swaps them. */
export function setPlaneAxis(axis: 0 | 1, name: KnobName): void {
  const [x, y] = useLab.getState().view.plane;
  const other = axis === 0 ? y : x;
  const current = axis === 0 ? x : y;
  const partner = other === name ? current : other;
  setView({ plane: axis === 0 ? [name, partner] : [partner, name] });
}

export const setTrust = (patch: Partial<TrustSettings>): void =>
  setView({ trust: { ...useLab.getState().view.trust, ...patch } });

/** The theme is this reader's, not the experiment's: kept in the browser, not in the address. */
export function setTheme(theme: Theme): void {
  useLab.setState({ theme });
  if (theme === 'auto') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  keep(THEME_KEY, theme);
}

export function restoreTheme(): void {
  const kept = readKept(THEME_KEY);
  if (kept === 'light' || kept === 'dark') setTheme(kept);
}

export function isDark(theme: Theme): boolean {
  return theme === 'auto' ? matchMedia('(prefers-color-scheme: dark)').matches : theme === 'dark';
}
