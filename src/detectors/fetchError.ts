/** Tells that a model's file could not be had from its address, whatever the reason, from all other failures. */

/** What {@link FetchError} is called, also on the other side of a worker, where only message and name arrive. */
const NAME = 'FetchError';

/** A file could not be had from its address. A full sentence. */
export class FetchError extends Error {
  override readonly name = NAME;
}

/** Is it a {@link FetchError}, of this thread or of a worker? */
export const isFetchError = (error: unknown): boolean => error instanceof Error && error.name === NAME;
