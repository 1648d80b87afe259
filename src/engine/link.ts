/** The network between sensor and server: a queue that drains at a rate, then a delay. */
import type { LinkSpec } from '../domain/experiment.ts';

export interface Link {
  /**
   * Sends a packet.
   * @param seconds when the sensor has it ready
   * @returns when the server has it, seconds
   */
  send(seconds: number, bytes: number): number;
}

export function createLink({ rateKbps, delayMs }: LinkSpec): Link {
  let freeAt = 0;
  return {
    send(seconds, bytes) {
      const transmission = rateKbps === null ? 0 : (bytes * 8) / 1000 / rateKbps;
      freeAt = Math.max(freeAt, seconds) + transmission;
      return freeAt + delayMs / 1000;
    },
  };
}
