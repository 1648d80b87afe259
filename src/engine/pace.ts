/**
 * The one place that waits. Live and virtual runs, pause, step and slow motion are one loop: the loop asks for the next
 * moment, and this decides when it comes.
 */
export interface Pace {
  /** Seconds on the run's clock; pauses and holds do not count. Virtual: the last moment that was waited for. */
  now(): number;
  /** Waits for a moment; returns at once in virtual time. Waits on through pauses. */
  until(seconds: number): Promise<void>;
  /** Stops the clock until the next interval begins, whatever is played and paused until then. */
  readonly rest: () => void;
  /**
   * Called before each interval: starts the clock, and after a step this is where the run pauses.
   * @param meanwhile done first, and again whenever something has changed while the run is paused here
   */
  beforeInterval(meanwhile?: () => Promise<void>): Promise<void>;
  /** Are stages held? */
  isSlow(): boolean;
  /** Holds a stage in slow motion. */
  hold(): Promise<void>;
  readonly play: () => void;
  readonly pause: () => void;
  readonly step: () => void;
  readonly setHold: (milliseconds: number) => void;
  /** Has a run that is paused before an interval look again at what there is to do meanwhile. */
  readonly nudge: () => void;
  /** Lets everything that waits go on at once, for good: the run is being stopped. */
  readonly release: () => void;
}

export function createPace(live: boolean, onPaused: (paused: boolean) => void): Pace {
  let origin = performance.now();
  let virtualNow = 0;
  /** The clock stands until the first interval: preparing is not part of the run. */
  let resting = true;
  let frozenAt: number | undefined = origin;
  let stepping = false;
  let released = false;
  let holdMs = 0;
  let wake: () => void = () => undefined;
  let changed = new Promise<void>((resolve) => (wake = resolve));

  const signal = (): void => {
    wake();
    changed = new Promise<void>((resolve) => (wake = resolve));
  };
  const freeze = (): void => {
    frozenAt ??= performance.now();
  };
  const thaw = (): void => {
    if (frozenAt === undefined || resting) return;
    origin += performance.now() - frozenAt;
    frozenAt = undefined;
  };
  const now = (): number => (live ? ((frozenAt ?? performance.now()) - origin) / 1000 : virtualNow);
  let paused = false;
  const setPaused = (value: boolean): void => {
    if (paused === value) return;
    paused = value;
    if (value) freeze();
    else thaw();
    onPaused(value);
    signal();
  };
  const isSlow = (): boolean => holdMs > 0 && !released;
  const whilePaused = async (): Promise<void> => {
    while (paused && !released) await changed;
  };
  /** Until something changes, or for so long. (A race with `changed` would be held by it until then, frame after frame.) */
  const sleep = (milliseconds: number): Promise<void> => {
    const timer = setTimeout(signal, milliseconds);
    return changed.finally(() => clearTimeout(timer));
  };

  return {
    now,
    async until(seconds) {
      await whilePaused();
      if (!live) {
        virtualNow = Math.max(virtualNow, seconds);
        return;
      }
      while (now() < seconds && !released) {
        await sleep(Math.max(1, (seconds - now()) * 1000));
        await whilePaused();
      }
    },
    rest: () => {
      resting = true;
      freeze();
    },
    async beforeInterval(meanwhile = () => Promise.resolve()) {
      if (stepping) {
        stepping = false;
        setPaused(true);
      }
      await meanwhile();
      while (paused && !released) {
        await changed;
        await meanwhile();
      }
      resting = false;
      thaw();
    },
    isSlow,
    async hold() {
      if (!isSlow()) return;
      freeze();
      const end = performance.now() + holdMs;
      while (isSlow() && performance.now() < end) {
        await sleep(end - performance.now());
        await whilePaused();
        freeze();
      }
      if (!paused) thaw();
    },
    play: () => {
      stepping = false;
      setPaused(false);
    },
    pause: () => {
      stepping = false;
      setPaused(true);
    },
    step: () => {
      stepping = true;
      setPaused(false);
    },
    setHold: (milliseconds) => {
      holdMs = milliseconds;
      signal();
    },
    nudge: signal,
    release: () => {
      released = true;
      signal();
    },
  };
}
