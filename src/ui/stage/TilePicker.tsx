/** The tiles over the frame: which keep full quality, which are given up, and which a person has pinned. */
import { useId, useState, type KeyboardEvent, type MouseEvent } from 'react';
import { chooseTiles, gridShape, stateOfTile, type TileState } from '../../domain/tiles.ts';
import { scientific } from '../format.ts';
import { cycleTile } from '../store/draft.ts';
import { lastRecord, useLab } from '../store/labStore.ts';
import { currentPicture } from '../store/picture.ts';

const STATE_WORDS: Readonly<Record<TileState, string>> = {
  auto: 'by its value',
  full: 'pinned to full quality',
  low: 'pinned to low quality',
};

const MOVES: Readonly<Record<string, readonly [columns: number, rows: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** A pin's mark on a tile of size 1: a ring, a cross. */
export const PIN_MARKS = {
  full: 'M0.34 0.5a0.16 0.16 0 1 0 0.32 0a0.16 0.16 0 1 0-0.32 0z',
  low: 'M0.34 0.34L0.66 0.66M0.34 0.66L0.66 0.34',
} as const;

/** One a tile: does it keep full quality in the interval after the newest one, where the share stays as it is? */
export function useKeptTiles(): readonly boolean[] {
  const grid = useLab((state) => state.draft.tileGrid);
  const pins = useLab((state) => state.draft.tilePins);
  const share = useLab((state) => lastRecord(state)?.configuration.tiles ?? 100);
  // The values lie outside the store and change with the interval of the heat maps.
  useLab((state) => state.gradientsOf);
  const { worth = null, before = null } = currentPicture().gradients?.tiles ?? {};
  return chooseTiles({ grid, worth, before, pins }, share / 100, worth?.filtered ?? false);
}

export function TilePicker() {
  const hint = useId();
  const grid = useLab((state) => state.draft.tileGrid);
  const pins = useLab((state) => state.draft.tilePins);
  const kept = useKeptTiles();
  const [cursor, setCursor] = useState(0);
  const [isFocused, setFocused] = useState(false);
  const { columns, rows } = gridShape(grid);
  const at = Math.min(cursor, columns * rows - 1);
  const place = (tile: number) => ({ x: tile % columns, y: Math.floor(tile / columns), width: 1, height: 1 });
  const values = currentPicture().gradients?.tiles?.worth.values;

  const onKeyDown = (event: KeyboardEvent): void => {
    const move = MOVES[event.key];
    if (move) {
      const x = Math.min(columns - 1, Math.max(0, (at % columns) + move[0]));
      const y = Math.min(rows - 1, Math.max(0, Math.floor(at / columns) + move[1]));
      setCursor(y * columns + x);
    } else if (event.key === 'Enter') cycleTile(at);
    else return;
    event.preventDefault();
  };
  const onClick = (event: MouseEvent<HTMLDivElement>): void => {
    const box = event.currentTarget.getBoundingClientRect();
    const x = Math.floor(((event.clientX - box.left) / box.width) * columns);
    const y = Math.floor(((event.clientY - box.top) / box.height) * rows);
    const tile = Math.min(rows - 1, Math.max(0, y)) * columns + Math.min(columns - 1, Math.max(0, x));
    setCursor(tile);
    cycleTile(tile);
  };

  const value = values?.[at];
  const told = `Column ${(at % columns) + 1}, row ${Math.floor(at / columns) + 1}: ${STATE_WORDS[stateOfTile(pins, at)]}, ${
    kept[at] === true ? 'full' : 'low'
  } quality${value === undefined ? '' : `, value ${scientific(value)}`}`;
  return (
    <div
      className="tile-picker"
      role="application"
      aria-roledescription="grid of tiles"
      aria-label={`Tiles, ${columns} columns by ${rows} rows`}
      aria-describedby={hint}
      tabIndex={0}
      data-testid="tile-picker"
      onKeyDown={onKeyDown}
      onClick={onClick}
      onFocus={() => setFocused(true)}
      onBlur={() => setFocused(false)}
    >
      <svg viewBox={`0 0 ${columns} ${rows}`} preserveAspectRatio="none" aria-hidden="true">
        {kept.map((isKept, tile) => (
          <rect key={tile} {...place(tile)} className={isKept ? 'tile-kept' : 'tile-low'} />
        ))}
        {(['full', 'low'] as const).map((state) =>
          pins[state].map((tile) => {
            const { x, y } = place(tile);
            return (
              <path key={tile} className="tile-pin" d={PIN_MARKS[state]} transform={`translate(${x} ${y})`} />
            );
          }),
        )}
        {isFocused && <rect {...place(at)} className="tile-cursor" />}
      </svg>
      <span id={hint} className="visually-hidden">
        Arrow keys move from tile to tile, Enter pins: full quality, low quality, by its value.
      </span>
      <span className="visually-hidden" aria-live="polite">
        {isFocused ? told : ''}
      </span>
    </div>
  );
}
