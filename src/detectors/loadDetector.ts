/** From an experiment's detector to a loaded one: registered, from a URL, or from the user's files. */
import type { DetectorSpec } from '../domain/experiment.ts';
import { parseCard, type DetectorCard } from './card.ts';
import { createDetector, type Detector } from './detector.ts';
import { feedOf } from './feed.ts';
import { graphOf } from './graph.ts';
import { fetchModel, readModelFiles, type ModelFiles } from './modelFiles.ts';
import { buildNetwork } from './network.ts';
import type { OnProgress } from './progress.ts';
import { recogniseCard } from './recognise.ts';
import { registeredDetector } from './registry.ts';
import { rewire, wire } from './wiring.ts';

/**
 * Loads a detector onto the present tfjs backend.
 * @param files model.json and its shards, where the experiment's detector was brought as files
 * @param base URL below which the lab's own models lie: the page's folder
 * @throws Error in a full sentence with the remedy; nothing stays allocated
 */
export async function loadDetector(
  spec: DetectorSpec,
  files: readonly File[] | undefined,
  onProgress: OnProgress,
  base: string = pageBase(),
): Promise<Detector> {
  const { model, card } = await read(spec, files, onProgress, base);
  onProgress('Building the network', null);
  const built = await buildNetwork(model);
  let network = built.network;
  try {
    const graph = built.form.format === 'graph-model' ? graphOf(model.json, model.weights) : null;
    const feed = graph ? feedOf(graph) : undefined;
    const known = card ?? (model.card === null ? null : parseCard(model.card));
    if (!known && graph && feed) network = rewire(built, graph, feed, feed.node);
    if (!known) onProgress('Finding out what the model is', null);
    const runnable = graph && feed ? { graph, feed, network } : null;
    const described = known ?? (await recogniseCard({ form: built.form, names: model.names, runnable }));
    const wired = wire(built, described, graph, feed);
    network = wired.network;
    return createDetector(described, network, wired.form);
  } catch (error) {
    network.dispose();
    throw error;
  }
}

interface Read {
  readonly model: ModelFiles;
  /** Known beforehand; else beside the model, or recognised. */
  readonly card: DetectorCard | null;
}

async function read(
  spec: DetectorSpec,
  files: readonly File[] | undefined,
  onProgress: OnProgress,
  base: string,
): Promise<Read> {
  if (typeof spec !== 'string') {
    if (files && files.length > 0) return { model: await readModelFiles(files, onProgress), card: null };
    const url = new URL(spec.model, base).href;
    return { model: await fetchModel(url, { immutable: false, hasCard: true }, onProgress), card: null };
  }
  const { url, card, label, files: pinned } = registeredDetector(spec);
  const source = {
    immutable: card !== null,
    hasCard: card === null,
    ...(pinned ? { pinned: { label, files: pinned } } : {}),
  };
  return { model: await fetchModel(new URL(url, base).href, source, onProgress), card };
}

/**
 * URL of the page's folder, also in a worker. In a build with base './' this file's chunk lies in the folder below
 * (assets/); a development server's base is absolute.
 */
function pageBase(): string {
  const chunk = import.meta.url; // Not inside `new URL(…)`: Vite would take that for an asset.
  const base = import.meta.env.BASE_URL;
  return base.startsWith('.') ? new URL('..', chunk).href : new URL(base, globalThis.location.href).href;
}
