"""How well a value by block tells what giving the block up would cost."""
import numpy as np

from data import most_on_tiles, on_tiles


def ranks(values):
    """Ranks from 0 along the last axis; equals share their mean rank."""
    flat = np.asarray(values).reshape(-1)
    _, inverse, counts = np.unique(flat, return_inverse=True, return_counts=True)
    ends = np.cumsum(counts)
    return (ends - (counts + 1) / 2)[inverse]


def auc(values, labels):
    """Chance that a positive is above a negative."""
    positive = labels.reshape(-1)
    if positive.all() or not positive.any():
        return np.nan
    at = ranks(values)
    n = positive.sum()
    return (at[positive].sum() - n * (n - 1) / 2) / (n * (len(at) - n))


def spearman(a, b):
    return np.corrcoef(ranks(a), ranks(b))[0, 1]


def block_figures(values, split):
    """Means over frames, so that only the order within a frame counts."""
    return {
        "auc": float(np.nanmean([auc(v, y) for v, y in zip(values, split.labels)])),
        "spearman": float(np.mean([spearman(v, loss) for v, loss in zip(values, split.losses)])),
    }


def tile_figures(importance, losses, bound):
    """Share of the 16×9 tiles above the bound, and of the frames' loss on them."""
    kept = most_on_tiles(importance) > bound
    tile_losses = on_tiles(losses)
    held = (tile_losses * kept).sum(1) / np.maximum(tile_losses.sum(1), 1e-9)
    return float(kept.mean()), float(held.mean())


def held_by_as_many(values, losses, importance, bound):
    """Share of the loss on as many tiles of each frame as the bound keeps, by another value."""
    tile_losses, tiles = on_tiles(losses), most_on_tiles(values)
    counts = (most_on_tiles(importance) > bound).sum(1)
    shares = []
    for loss, value, count in zip(tile_losses, tiles, counts):
        chosen = np.argsort(-value, kind="stable")[:count]
        shares.append(loss[chosen].sum() / max(loss.sum(), 1e-9))
    return float(np.mean(shares))
