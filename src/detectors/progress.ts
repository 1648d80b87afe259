/** Told while something takes over a second. fraction in [0, 1]; null: unknown. */
export type OnProgress = (label: string, fraction: number | null) => void;
