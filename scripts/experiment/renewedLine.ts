/** One line that renews itself on a terminal; elsewhere every text is a line of its own. */
export interface RenewedLine {
  readonly renew: (text: string) => void;
  /** A line that stays. */
  readonly note: (text: string) => void;
  /** Clears the renewed line. */
  readonly end: () => void;
}

export function renewedLine(out: NodeJS.WriteStream): RenewedLine {
  let shown = false;
  const clear = (): void => {
    if (shown) out.write('\r\u001b[2K');
    shown = false;
  };
  return {
    renew: (text) => {
      if (!out.isTTY) {
        out.write(`${text}\n`);
        return;
      }
      clear();
      out.write(text.slice(0, Math.max(20, out.columns - 1)));
      shown = true;
    },
    note: (text) => {
      clear();
      out.write(`${text}\n`);
    },
    end: clear,
  };
}

/** Time left, for a reader. */
export const leftText = (seconds: number): string =>
  seconds < 90 ? `${Math.ceil(seconds)} s left` : `${Math.ceil(seconds / 60)} min left`;
