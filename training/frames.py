"""Rendered frames with their boxes, and augmented windows of them."""

import json
from pathlib import Path

import numpy as np
from PIL import Image

LABELS = ("car", "truck", "person", "bicycle")
STRIDE = 8
# Boxes lower than this are too small to be asked of a detector in training, pixels of its input.
MIN_HEIGHT = 7
# A window that cuts off more than this share of a box does not ask for it.
MOST_CUT = 0.65
# The part of a box about its middle whose cells may propose it, and the least reach of that part, pixels.
CORE, LEAST_REACH = 0.8, 0.75 * STRIDE


class Frames:
    """
    One split: pixels mapped from disk; boxes as rows of class, left, top, right, bottom (fractions of the frame),
    ignored, occlusion.
    """

    def __init__(self, data: Path, split: str):
        self.stem = data / split
        self.boxes: list[np.ndarray] = []
        self.rungs: list[tuple[float, int]] = []
        self.refresh()

    def refresh(self) -> None:
        """Takes in what has been rendered since."""
        lines = self.stem.with_suffix(".jsonl").read_text().split("\n")[:-1]
        first = json.loads(lines[0])
        self.width, self.height = first.get("width", 480), first.get("height", 288)
        size = self.width * self.height * 3
        count = min(len(lines), self.stem.with_suffix(".rgb").stat().st_size // size)
        pixels = np.memmap(self.stem.with_suffix(".rgb"), np.uint8, "r")[: count * size]
        self.pixels = pixels.reshape(count, self.height, self.width, 3)
        for line in lines[len(self.boxes) : count]:
            frame = json.loads(line)
            self.boxes.append(self.rows(frame["boxes"]))
            self.rungs.append((frame["scale"], frame["quantizer"]))

    @staticmethod
    def rows(boxes: list[dict]) -> np.ndarray:
        rows = [
            (
                LABELS.index(b["label"]),
                b["x"],
                b["y"],
                b["x"] + b["width"],
                b["y"] + b["height"],
                float(b["ignored"]),
                b["occlusion"],
            )
            for b in boxes
        ]
        return np.array(rows, np.float32).reshape(-1, 7)

    def __len__(self) -> int:
        return len(self.pixels)

    def scaled(self, index: int, width: int, height: int) -> np.ndarray:
        """A whole frame at a detector's input size."""
        return part_of(self.pixels[index], 0, 0, 1, (width, height))


def part_of(pixels: np.ndarray, x: float, y: float, share: float, size: tuple[int, int]) -> np.ndarray:
    """A part of a frame, given in fractions of it, scaled as a canvas does: bilinear, without a filter before it."""
    height, width = pixels.shape[:2]
    if share == 1 and size == (width, height):
        return pixels
    moved = (share * width / size[0], 0, x * width, 0, share * height / size[1], y * height)
    return np.asarray(
        Image.fromarray(pixels).transform(size, Image.Transform.AFFINE, moved, Image.Resampling.BILINEAR)
    )


def window(
    pixels: np.ndarray, boxes: np.ndarray, size: tuple[int, int], most_zoom: float, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """A part of a frame at the size of the input, mirrored and recoloured; its boxes in pixels."""
    share = 1 / rng.uniform(1, most_zoom)
    x0, y0 = rng.uniform(0, 1 - share, 2)
    pixels = part_of(pixels, x0, y0, share, size)
    boxes = boxes.copy()
    whole = (boxes[:, 3] - boxes[:, 1]) * (boxes[:, 4] - boxes[:, 2])
    boxes[:, [1, 3]] = ((boxes[:, [1, 3]] - x0) / share).clip(0, 1)
    boxes[:, [2, 4]] = ((boxes[:, [2, 4]] - y0) / share).clip(0, 1)
    area = (boxes[:, 3] - boxes[:, 1]) * (boxes[:, 4] - boxes[:, 2]) * share**2
    boxes[area < (1 - MOST_CUT) * whole, 5] = 1
    boxes = boxes[area > 0]
    if rng.random() < 0.5:
        pixels = pixels[:, ::-1]
        boxes[:, [1, 3]] = 1 - boxes[:, [3, 1]]
    boxes[:, 1:5] *= np.array([*size, *size], np.float32)
    boxes[boxes[:, 4] - boxes[:, 2] < MIN_HEIGHT, 5] = 1
    levels = np.arange(256) * rng.uniform(0.7, 1.35) + rng.uniform(-18, 18)
    tables = [(levels * rng.uniform(0.85, 1.15)).clip(0, 255).astype(np.uint8) for _ in range(3)]
    return np.stack([table[pixels[:, :, i]] for i, table in enumerate(tables)], 2), boxes


def proposers(boxes: np.ndarray, size: tuple[int, int]) -> tuple[np.ndarray, np.ndarray]:
    """Pairs of a box and a cell that may propose it: cells about the box's middle."""
    columns = size[0] // STRIDE
    of_box, cells = [], []
    for i, (_, left, top, right, bottom) in enumerate(boxes[:, :5]):
        along = []
        for low, high, count in ((left, right, columns), (top, bottom, size[1] // STRIDE)):
            middle, reach = (low + high) / 2 / STRIDE - 0.5, max((high - low) / 2 * CORE, LEAST_REACH) / STRIDE
            first, last = max(0, int(np.ceil(middle - reach))), min(count - 1, int(middle + reach))
            along.append(np.arange(first, last + 1))
        cell = (along[1][:, None] * columns + along[0][None]).ravel()
        cells.append(cell)
        of_box.append(np.full(len(cell), i))
    if not cells:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    return np.concatenate(of_box), np.concatenate(cells)


def counted(boxes: np.ndarray, size: tuple[int, int]) -> np.ndarray:
    """False at the cells on which an ignored box lies."""
    mask = np.ones((size[1] // STRIDE, size[0] // STRIDE), bool)
    for _, left, top, right, bottom in boxes[boxes[:, 5] == 1, :5]:
        rows = slice(int(top // STRIDE), int(np.ceil(bottom / STRIDE)))
        mask[rows, int(left // STRIDE) : int(np.ceil(right / STRIDE))] = False
    return mask.ravel()
