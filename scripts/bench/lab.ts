/** One detector as the lab runs it, timed in the browser for scripts/bench.ts. */
import { selectBackend } from '../../src/detectors/backend.ts';
import { loadDetector } from '../../src/detectors/loadDetector.ts';
import type { DetectorCard } from '../../src/domain/card.ts';
import type { Backend, DetectorSpec } from '../../src/domain/experiment.ts';
import { createDnnGrad } from '../../src/gradients/dnnGrad.ts';
import { warmUp } from '../../src/gradients/dnnGradWarmUp.ts';
import { picture, type Passes } from './passes.ts';

const SLOPE = 8;
/** Scores in the utility that is differentiated, spread over all. */
const CANDIDATES = 16;

export async function prepare(
  spec: DetectorSpec,
  backend: Backend,
): Promise<Passes & { readonly card: DetectorCard }> {
  const { fallback } = await selectBackend(backend);
  if (fallback !== null) throw new Error(fallback);
  const detector = await loadDetector(spec, undefined, () => undefined);
  const dnnGrad = createDnnGrad(detector);
  await warmUp(detector, dnnGrad, () => undefined);
  const rgba = picture(detector.inputSize);
  const candidates = {
    indices: Int32Array.from({ length: CANDIDATES }, (_, i) =>
      Math.floor((i * detector.scoreCount) / CANDIDATES),
    ),
    scores: new Float32Array(CANDIDATES),
  };
  return {
    card: detector.card,
    forward: async () => {
      const start = performance.now();
      const packed = detector.forward(rgba);
      await packed.data().finally(() => packed.dispose());
      return performance.now() - start;
    },
    forwardBackward: async () => (await dnnGrad.utilityGradient(rgba, candidates, SLOPE)).elapsedMs,
  };
}
