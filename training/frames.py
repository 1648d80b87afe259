"""Rendered frames with their boxes, augmented, and the maps that the loss compares with."""

import copy
import json
from pathlib import Path

import numpy as np
import torch
from PIL import Image

WIDTH, HEIGHT, STRIDE = 480, 288, 8
LABELS = ("car", "truck", "person", "bicycle")
COLUMNS, ROWS = WIDTH // STRIDE, HEIGHT // STRIDE
# Boxes lower than this are too small to be asked of the detector, pixels.
MIN_HEIGHT = 9
# Share of a box over which its heat spreads (TTFNet, AAAI 2020).
SPREAD = 0.54
# Bounds of the heat's standard deviation, cells: far from the middle of a large object a cell must not propose a box.
LEAST_SPREAD, MOST_SPREAD = 0.45, 0.8


class Frames:
    """
    One split: pixels mapped from disk; boxes as rows of class, left, top, right, bottom (pixels), ignored, occlusion.
    """

    def __init__(self, data: Path, split: str):
        self.stem = data / split
        self.boxes: list[np.ndarray] = []
        self.refresh()

    def refresh(self) -> None:
        """Takes in what has been rendered since."""
        lines = self.stem.with_suffix(".jsonl").read_text().split("\n")[:-1]
        pixels = np.memmap(self.stem.with_suffix(".rgb"), np.uint8, "c")
        count = min(len(lines), pixels.size // (WIDTH * HEIGHT * 3))
        self.pixels = pixels[: count * WIDTH * HEIGHT * 3].reshape(count, HEIGHT, WIDTH, 3)
        self.boxes += [self.rows(json.loads(line)["boxes"]) for line in lines[len(self.boxes) : count]]

    def only_easy(self) -> "Frames":
        """The same frames; boxes below 18 px at 384 lines, or more than half hidden, are ignored too."""
        easy = copy.copy(self)
        easy.boxes = [boxes.copy() for boxes in self.boxes]
        for boxes in easy.boxes:
            boxes[(boxes[:, 4] - boxes[:, 2] < 18 * HEIGHT / 384) | (boxes[:, 6] > 0.5), 5] = 1
        return easy

    @staticmethod
    def rows(boxes: list[dict]) -> np.ndarray:
        rows = [
            (
                LABELS.index(b["label"]),
                b["x"] * WIDTH,
                b["y"] * HEIGHT,
                (b["x"] + b["width"]) * WIDTH,
                (b["y"] + b["height"]) * HEIGHT,
                float(b["ignored"] or b["height"] * HEIGHT < MIN_HEIGHT),
                b["occlusion"],
            )
            for b in boxes
        ]
        return np.array(rows, np.float32).reshape(-1, 7)

    def __len__(self) -> int:
        return len(self.pixels)


def augmented(pixels: np.ndarray, boxes: np.ndarray, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """A mirrored, zoomed and recoloured copy, bytes as before."""
    boxes = boxes.copy()
    if rng.random() < 0.35:
        zoom = rng.uniform(1, 1.6)
        width, height = WIDTH / zoom, HEIGHT / zoom
        x0, y0 = rng.uniform(0, WIDTH - width), rng.uniform(0, HEIGHT - height)
        part = (x0, y0, x0 + width, y0 + height)
        pixels = np.asarray(Image.fromarray(pixels).resize((WIDTH, HEIGHT), Image.Resampling.BILINEAR, box=part))
        whole = (boxes[:, 3] - boxes[:, 1]) * (boxes[:, 4] - boxes[:, 2])
        boxes[:, [1, 3]] = ((boxes[:, [1, 3]] - x0) * zoom).clip(0, WIDTH)
        boxes[:, [2, 4]] = ((boxes[:, [2, 4]] - y0) * zoom).clip(0, HEIGHT)
        area = (boxes[:, 3] - boxes[:, 1]) * (boxes[:, 4] - boxes[:, 2]) / zoom**2
        boxes[area < 0.35 * whole, 5] = 1
        boxes = boxes[area > 1]
    if rng.random() < 0.5:
        pixels = pixels[:, ::-1]
        boxes[:, [1, 3]] = WIDTH - boxes[:, [3, 1]]
    levels = np.arange(256) * rng.uniform(0.75, 1.3) + rng.uniform(-15, 15)
    tables = [(levels * rng.uniform(0.85, 1.15)).clip(0, 255).astype(np.uint8) for _ in range(3)]
    return np.stack([table[pixels[:, :, i]] for i, table in enumerate(tables)], 2), boxes


def targets(boxes: np.ndarray) -> dict[str, np.ndarray]:
    """
    heat: a peak of 1 at the cell of each box's centre; counted: 0 where an ignored box lies;
    edges: left, top, right, bottom in pixels of the box that each cell belongs to; weight: how much it counts.
    """
    heat = np.zeros((len(LABELS), ROWS, COLUMNS), np.float32)
    counted = np.ones((ROWS, COLUMNS), bool)
    for _, left, top, right, bottom in boxes[boxes[:, 5] == 1, :5]:
        rows = slice(int(top // STRIDE), int(np.ceil(bottom / STRIDE)))
        counted[rows, int(left // STRIDE) : int(np.ceil(right / STRIDE))] = False
    boxes = boxes[boxes[:, 5] == 0]
    if len(boxes) == 0:
        edges, weight = np.zeros((4, ROWS, COLUMNS), np.float32), np.zeros((ROWS, COLUMNS), np.float32)
        return {"heat": heat, "counted": counted[None].repeat(4, 0), "edges": edges, "weight": weight}
    # Smaller boxes win the cells that they share with larger ones.
    boxes = boxes[np.argsort((boxes[:, 3] - boxes[:, 1]) * (boxes[:, 4] - boxes[:, 2]))]
    bells = bell(boxes[:, 2], boxes[:, 4], ROWS)[:, :, None] * bell(boxes[:, 1], boxes[:, 3], COLUMNS)[:, None, :]
    bells[bells < 0.02] = 0
    for label in range(len(LABELS)):
        mine = boxes[:, 0] == label
        if mine.any():
            heat[label] = bells[mine].max(0)
    owner = (bells > 0).argmax(0)
    taken = (bells > 0).any(0)
    edges = np.where(taken, boxes[owner, 1:5].transpose(2, 0, 1), 0).astype(np.float32)
    share = bells / bells.sum((1, 2), keepdims=True).clip(1e-6)
    weight = np.where(taken, np.take_along_axis(share, owner[None], 0)[0], 0).astype(np.float32)
    return {"heat": heat, "counted": counted[None] | (heat > 0.3), "edges": edges, "weight": weight}


def bell(low: np.ndarray, high: np.ndarray, cells: int) -> np.ndarray:
    """
    For each span a Gaussian over the cells about its middle, 0 outside the span, scaled to 1 at the nearest cell. The
    middle is not rounded to a cell: where it lies between two, either may be the peak.
    """
    cell = np.arange(cells)[None]
    middle = ((low + high) / 2 / STRIDE - 0.5)[:, None]
    nearest = np.clip(np.round(middle), 0, cells - 1)
    sigma = np.clip((high - low) / STRIDE * SPREAD / 6, LEAST_SPREAD, MOST_SPREAD)[:, None]
    inside = (cell > low[:, None] / STRIDE - 1) & (cell < high[:, None] / STRIDE) | (np.abs(cell - middle) < 0.8)
    exponent = ((cell - middle) ** 2 - (nearest - middle) ** 2) / (2 * sigma**2)
    return (np.exp(-exponent.clip(0, 50)) * inside).astype(np.float32)


def batch_of(frames: Frames, indices: np.ndarray, rng: np.random.Generator) -> tuple[torch.Tensor, dict]:
    images, maps = [], []
    for index in indices:
        image, boxes = augmented(frames.pixels[index], frames.boxes[index], rng)
        images.append(image)
        maps.append(targets(boxes))
    # Bytes with channels last, as they lie on disk.
    stacked = {key: torch.from_numpy(np.stack([each[key] for each in maps])) for key in maps[0]}
    return torch.from_numpy(np.stack(images)).permute(0, 3, 1, 2), stacked
