"""What collect.ts wrote, and what is to be learnt of it."""
import json
from pathlib import Path

import numpy as np

from features import BLOCK, COLUMNS, FEATURES, HEIGHT, ROWS, WIDTH

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "training" / "data" / "importance"

# A block is positive if it is one of the few that together hold this share of its frame's loss.
HELD = 0.8
# A frame on which nothing is at stake has no positive block. In the unit of the losses, the utility's.
LEAST_LOSS = 1.0


class Split:
    def __init__(self, name):
        rows = [json.loads(line) for line in open(DATA / f"{name}.jsonl")]
        raw = np.fromfile(DATA / f"{name}.rgb", np.uint8)
        count = min(len(rows), len(raw) // (WIDTH * HEIGHT * 3))
        self.name = name
        self.frames = raw[: count * WIDTH * HEIGHT * 3].reshape(count, HEIGHT, WIDTH, 3)
        self.losses = np.array([row["losses"] for row in rows[:count]], np.float32)
        self.presets = np.array([row["preset"] for row in rows[:count]])
        self.scenes = len({row["seed"] for row in rows[:count]})
        self.labels = labels_of(self.losses)

    def __len__(self):
        return len(self.frames)


def labels_of(losses):
    """[frames, blocks]: is the block among the fewest that hold the share HELD of the frame's loss?"""
    order = np.argsort(-losses, axis=1)
    ranked = np.take_along_axis(losses, order, 1)
    total = ranked.sum(1, keepdims=True)
    before = np.cumsum(ranked, 1) - ranked
    chosen = (before < HELD * total) & (total > LEAST_LOSS)
    labels = np.zeros(losses.shape, bool)
    np.put_along_axis(labels, order, chosen, 1)
    return labels


def mirrored(values):
    """Of each block, the frame seen in a mirror: [frames, blocks]."""
    return values.reshape(-1, ROWS, COLUMNS)[:, :, ::-1].reshape(values.shape)


TILE_COLUMNS, TILE_ROWS = 16, 9


def overlap(tiles, blocks):
    """[tiles, blocks] along a side: the share of each block that lies on each tile."""
    edges = np.arange(blocks + 1)
    at = np.arange(tiles + 1) * blocks / tiles
    low = np.maximum(at[:-1, None], edges[None, :-1])
    high = np.minimum(at[1:, None], edges[None, 1:])
    return np.maximum(0, high - low)


ACROSS, DOWN = overlap(TILE_COLUMNS, COLUMNS), overlap(TILE_ROWS, ROWS)


def on_tiles(values):
    """Sums over tiles, a block's value shared out by area: [frames, tiles]."""
    planes = values.reshape(-1, ROWS, COLUMNS)
    return np.einsum("ty,fyx,sx->fts", DOWN, planes, ACROSS).reshape(len(planes), -1)


def most_on_tiles(values):
    """The greatest value of the blocks that a tile touches, as src/sensor/importance/net.ts: [frames, tiles]."""
    planes = values.reshape(-1, ROWS, COLUMNS)
    rows = np.stack([planes[:, DOWN[t] > 0].max(1) for t in range(TILE_ROWS)], 1)
    tiles = np.stack([rows[:, :, ACROSS[t] > 0].max(2) for t in range(TILE_COLUMNS)], 2)
    return tiles.reshape(len(planes), -1)
