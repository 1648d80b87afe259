/**
 * Prices of the budgets, as the multipliers of a dual ascent: λ ← max(0, λ + η·(use/budget − 1)).
 *
 * The published rule takes one step of it an interval. The default goes to its fixed point on the model of the next interval,
 * where the knobs' answer to a price is known: waiting for reality to tell would only let a budget be exceeded meanwhile.
 */
import { ZERO_PRICES, type Prices, type Resource } from '../../domain/budget.ts';

/** Where several budgets bind, each price is found with the others where they are; so often. */
const MAX_ROUNDS = 3;
const LEAST_PRICE = 1e-5;
/** A price is told to two parts in a hundred: knobs stand on rungs. */
const PRECISION = 1.02;

export interface PricedResource {
  readonly resource: Resource;
  /** Predicted use as a fraction of the budget, if the knobs answered to these prices; no more at a higher price. */
  readonly load: (prices: Prices) => number;
}

/** One step of the projected dual ascent. `rate` is in units of the price that would close the gap. */
export function stepPrice(price: number, use: number, rate: number): number {
  return Math.max(0, price + rate * (use - 1));
}

/**
 * @param largest price, which stands where a budget cannot be met
 * @returns the least prices at which the predicted use of every resource is within its budget: 0 where the budget is slack
 */
export function clearingPrices(resources: readonly PricedResource[], largest: number): Prices {
  let prices = ZERO_PRICES;
  const rounds = resources.length > 1 ? MAX_ROUNDS : 1;
  for (let round = 0; round < rounds; round += 1) {
    for (const { resource, load } of resources) {
      const isMet = (price: number): boolean => load({ ...prices, [resource]: price }) <= 1;
      prices = { ...prices, [resource]: leastPrice(isMet, largest) };
    }
  }
  return prices;
}

function leastPrice(isMet: (price: number) => boolean, largest: number): number {
  if (isMet(0)) return 0;
  let [low, high] = [LEAST_PRICE, largest];
  while (high / low > PRECISION) {
    const middle = Math.sqrt(low * high);
    if (isMet(middle)) high = middle;
    else low = middle;
  }
  return high;
}
