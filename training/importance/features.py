"""What the net sees of a frame: src/sensor/importance/features.ts once more, in numpy."""
import numpy as np

WIDTH, HEIGHT = 240, 144
BLOCK, FINE, CELL, COARSE, AROUND = 8, 12, 4, 8, 5
COLUMNS, ROWS = WIDTH // BLOCK, HEIGHT // BLOCK
FEATURES = FINE * FINE + COARSE * COARSE + AROUND * AROUND + 3
LUMA = np.array([0.299, 0.587, 0.114], np.float32)


def cell_means(planes, cell):
    """[frames, height, width, …] to means over cells."""
    frames, height, width = planes.shape[:3]
    cells = planes.reshape(frames, height // cell, cell, width // cell, cell, *planes.shape[3:])
    return cells.mean((2, 4), dtype=np.float32)


def patches(planes, side, step, margin):
    """Squares of `side` about each block, the outermost pixel going on: [frames, rows, columns, side · side]."""
    wide = np.pad(planes, ((0, 0), (margin, margin), (margin, margin)), mode="edge")
    windows = np.lib.stride_tricks.sliding_window_view(wide, (side, side), (1, 2))
    windows = windows[:, ::step, ::step][:, :ROWS, :COLUMNS]
    return windows.reshape(len(planes), ROWS, COLUMNS, side * side)


def features_of(frames):
    """RGB bytes [frames, HEIGHT, WIDTH, 3] to float32 [frames, blocks, FEATURES]."""
    rgb = frames.astype(np.float32)
    luma = rgb @ LUMA
    grey = cell_means(luma, BLOCK)[..., None]
    fine = patches(luma, FINE, BLOCK, (FINE - BLOCK) // 2) - grey
    coarse = patches(cell_means(luma, CELL), COARSE, BLOCK // CELL, (COARSE - BLOCK // CELL) // 2) - grey
    texture = patches(texture_of(luma), AROUND, 1, (AROUND - 1) // 2)
    colour = cell_means(rgb, BLOCK) - 128
    features = np.concatenate([fine / 64, coarse / 64, texture / 4 - 1, colour / 64], -1)
    return features.reshape(len(frames), ROWS * COLUMNS, FEATURES).astype(np.float32)


def texture_of(luma):
    """The log of the luma's variance within each block, [frames, rows, columns]."""
    mean = cell_means(luma, BLOCK).repeat(BLOCK, 1).repeat(BLOCK, 2)
    return np.log(cell_means((luma - mean) ** 2, BLOCK) + 1)


def local_variance(frames):
    """The baseline without a net, [frames, blocks]."""
    return texture_of(frames.astype(np.float32) @ LUMA).reshape(len(frames), -1)
