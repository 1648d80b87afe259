/** What stands below the tiles: how many keep full quality, how many are pinned, and the grid. */
import { gridShape, NO_PINS, TILE_GRIDS } from '../../domain/tiles.ts';
import { Choice } from '../controls/Choice.tsx';
import { Term } from '../help/Term.tsx';
import { setTileGrid, setTilePins } from '../store/draft.ts';
import { useLab } from '../store/labStore.ts';
import { useKeptTiles } from './TilePicker.tsx';

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
      {pinned > 0 && (
        <button type="button" className="chip" data-testid="clear-pins" onClick={() => setTilePins(NO_PINS)}>
          Clear {pinned === 1 ? '1 pin' : `${pinned} pins`}
        </button>
      )}
    </div>
  );
}
