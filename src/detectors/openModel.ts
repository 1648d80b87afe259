/**
 * A model that is on the backend and can be read by one card after another: to propose a card, and to see what an edited
 * one finds, its weights need not be loaded again.
 */
import { parseCard, type DetectorCard } from '../domain/card.ts';
import type { DetectorSpec } from '../domain/experiment.ts';
import { createDetector, type Detector } from './detector.ts';
import { feedOf } from './feed.ts';
import { graphOf } from './graph.ts';
import { fetchModel, readModelFiles, type ModelFiles } from './modelFiles.ts';
import type { ModelForm } from './modelForm.ts';
import { buildNetwork } from './network.ts';
import { pageBase } from './pageBase.ts';
import type { OnProgress } from './progress.ts';
import { recogniseCard, type Recognised } from './recognise.ts';
import { registeredDetector } from './registry.ts';
import { rewire, wire } from './wiring.ts';

export interface OpenedModel {
  readonly files: ModelFiles;
  /** With the outputs of layers models filled in. */
  readonly form: ModelForm;
  /** Nodes of a graph that hold what was made of its last feature maps, where heads are found; in order of computation. */
  readonly tail: readonly string[];
  /** The card that came along, in the experiment, beside the model or in the registry; null: none. */
  readonly card: DetectorCard | null;
  /** @throws Error saying what was looked for, when nothing is recognised */
  recognise(): Promise<Recognised>;
  /**
   * The model as a card says. It holds nothing of its own: disposing it frees the model.
   * @throws Error in a full sentence where they do not go together
   */
  detector(card: DetectorCard): Detector;
  dispose(): void;
}

/**
 * Loads a model onto the present tfjs backend.
 * @param files model.json and its shards, where the experiment's detector was brought as files
 * @param base URL below which the lab's own models lie: the page's folder
 * @throws Error in a full sentence with the remedy; nothing stays allocated
 */
export async function openModel(
  spec: DetectorSpec,
  files: readonly File[] | undefined,
  onProgress: OnProgress,
  base: string = pageBase(),
): Promise<OpenedModel> {
  const { model, card } = await read(spec, files, onProgress, base);
  onProgress('Building the network', null);
  const built = await buildNetwork(model);
  try {
    const graph = built.form.format === 'graph-model' ? graphOf(model.json, model.weights) : null;
    const feed = graph ? feedOf(graph) : undefined;
    return {
      files: model,
      form: built.form,
      tail: feed?.tail.map(({ name }) => name) ?? [],
      card,
      recognise: () => {
        onProgress('Finding out what the model is', null);
        const network = graph && feed ? rewire(built, graph, feed, feed.node) : built.network;
        const runnable = graph && feed ? { graph, feed, network } : null;
        return recogniseCard({ form: built.form, names: model.names, runnable });
      },
      detector: (described) => {
        const wired = wire(built, described, graph, feed);
        return createDetector(described, wired.network, wired.form);
      },
      // Every wiring of the graph shares its weights.
      dispose: () => built.network.dispose(),
    };
  } catch (error) {
    built.network.dispose();
    throw error;
  }
}

interface Read {
  readonly model: ModelFiles;
  readonly card: DetectorCard | null;
}

async function read(
  spec: DetectorSpec,
  files: readonly File[] | undefined,
  onProgress: OnProgress,
  base: string,
): Promise<Read> {
  if (typeof spec === 'string') {
    const { url, card, label, files: pinned } = registeredDetector(spec);
    const source = {
      immutable: card !== null,
      hasCard: card === null,
      ...(pinned ? { pinned: { label, files: pinned } } : {}),
    };
    return withCard(await fetchModel(new URL(url, base).href, source, onProgress), card);
  }
  const { card = null } = spec;
  if (files && files.length > 0) return withCard(await readModelFiles(files, onProgress), card);
  const url = new URL(spec.model, base).href;
  return withCard(await fetchModel(url, { immutable: false, hasCard: card === null }, onProgress), card);
}

const withCard = (model: ModelFiles, card: DetectorCard | null): Read => ({
  model,
  card: card ?? (model.card === null ? null : parseCard(model.card)),
});
