/**
 * Calls that fail at once when the other side is gone. A worker that died, lost its device or was stopped never answers,
 * so every open call has to be rejected for it. (`Promise.race` with one long-lived promise would hold on to the results
 * of all calls ever made.)
 */
export interface Guard {
  /** The call's answer, or the failure, whichever comes first. */
  <T>(call: Promise<T>): Promise<T>;
  /** Rejects every open call and all later ones. */
  fail(error: Error): void;
}

export function createGuard(): Guard {
  const open = new Set<(error: Error) => void>();
  let failure: Error | undefined;
  const guard = <T>(call: Promise<T>): Promise<T> => {
    // An answer that comes after the failure is nobody's.
    call.catch(() => undefined);
    if (failure) return Promise.reject(failure);
    return new Promise<T>((resolve, reject) => {
      open.add(reject);
      call.then(resolve, reject).finally(() => open.delete(reject));
    });
  };
  return Object.assign(guard, {
    fail: (error: Error) => {
      failure ??= error;
      for (const reject of open) reject(failure);
      open.clear();
    },
  });
}
