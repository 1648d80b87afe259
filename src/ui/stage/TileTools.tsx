/** What stands below the tiles, of which it would cover some: how many keep full quality, the grid, the pins, the colours. */
import { gridShape, NO_PINS, TILE_GRIDS } from '../../domain/tiles.ts';
import { Choice } from '../controls/Choice.tsx';
import { Term } from '../help/Term.tsx';
import { setTileGrid, setTilePins } from '../store/draft.ts';
import { useLab } from '../store/labStore.ts';
import { HeatLegend } from './HeatLegend.tsx';
import { PIN_MARKS, useKeptTiles } from './TilePicker.tsx';

const GRIDS = TILE_GRIDS.map((grid) => ({ value: grid, label: `Tiles ${grid.replace('x', '×')}` }));

export function TileTools() {
  const layer = useLab((state) => state.view.layer);
  return layer === 'tiles' ? <Tools /> : null;
}

function Tools() {
  const grid = useLab((state) => state.draft.tileGrid);
  const pins = useLab((state) => state.draft.tilePins);
  const kept = useKeptTiles();
  const { columns, rows } = gridShape(grid);
  const pinned = pins.full.length + pins.low.length;
  return (
    <div className="tile-tools">
      <span data-testid="tiles-kept">
        {kept.filter(Boolean).length} of {columns * rows} <Term name="tiles">tiles</Term> at full quality
      </span>
      <Choice
        label="Grid of tiles"
        value={grid}
        options={GRIDS}
        testId="tile-grid"
        onChange={(value) => {
          const chosen = TILE_GRIDS.find((known) => known === value);
          if (chosen) setTileGrid(chosen);
        }}
      />
      {pinned === 0 ? (
        <span className="hint">click one to pin it</span>
      ) : (
        <>
          <Pins state="full" number={pins.full.length} />
          <Pins state="low" number={pins.low.length} />
          <button
            type="button"
            className="chip"
            data-testid="clear-pins"
            onClick={() => setTilePins(NO_PINS)}
          >
            Clear {pinned === 1 ? 'pin' : 'pins'}
          </button>
        </>
      )}
      <HeatLegend />
    </div>
  );
}

/** The mark of a kind of pin, and how many there are. */
function Pins({ state, number }: { readonly state: keyof typeof PIN_MARKS; readonly number: number }) {
  return (
    <span className="tile-pins">
      <svg viewBox="0 0 1 1" aria-hidden="true">
        <path className="tile-pin" d={PIN_MARKS[state]} />
      </svg>
      {number} pinned {state}
    </span>
  );
}
