/**
 * Prices by projected dual ascent: λ ← max(0, λ + η·(use/budget − 1)).
 *
 * The ascent is carried to its fixed point on the local model of the next interval instead of taking one step an
 * interval: the knobs' answer to a price is linear and known, so waiting for reality to tell would only let a budget be
 * exceeded meanwhile.
 */
import type { Prices, Resource } from '../domain/budget.ts';

const MAX_ROUNDS = 200;
const CONVERGED = 1e-4;

export interface PricedResource {
  readonly resource: Resource;
  /** Predicted use as a fraction of the budget, if the knobs answered to these prices. */
  readonly load: (prices: Prices) => number;
  /** −∂use/∂price at the present point: by how much a unit of price lowers the use. */
  readonly response: number;
}

/** One step of the projected dual ascent. `rate` is in units of the price that would close the gap. */
export function stepPrice(price: number, use: number, response: number, rate: number): number {
  return Math.max(0, price + (rate * (use - 1)) / Math.max(response, 1e-6));
}

/** Prices at which the predicted use of every resource meets its budget, or 0 where the budget is slack. */
export function clearingPrices(start: Prices, resources: readonly PricedResource[], rate: number): Prices {
  let prices = start;
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    let moved = 0;
    for (const { resource, load, response } of resources) {
      const before = prices[resource];
      const after = stepPrice(before, load(prices), response, rate);
      moved = Math.max(moved, Math.abs(after - before) * response);
      prices = { ...prices, [resource]: after };
    }
    if (moved < CONVERGED) break;
  }
  return prices;
}
