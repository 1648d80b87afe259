"""Rendered frames with their boxes, augmented, and the maps that the loss compares with."""

import json
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional as F

WIDTH, HEIGHT, STRIDE = 480, 288, 8
LABELS = ("car", "truck", "person", "bicycle")
COLUMNS, ROWS = WIDTH // STRIDE, HEIGHT // STRIDE
# Share of a box over which its heat spreads (TTFNet, AAAI 2020).
SPREAD = 0.54


class Frames:
    """One split: pixels mapped from disk; boxes as rows of (class, left, top, right, bottom, ignored) in pixels."""

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

    @staticmethod
    def rows(boxes: list[dict]) -> np.ndarray:
        rows = [
            (
                LABELS.index(b["label"]),
                b["x"] * WIDTH,
                b["y"] * HEIGHT,
                (b["x"] + b["width"]) * WIDTH,
                (b["y"] + b["height"]) * HEIGHT,
                float(b["ignored"]),
            )
            for b in boxes
        ]
        return np.array(rows, np.float32).reshape(-1, 6)

    def __len__(self) -> int:
        return len(self.pixels)


def augmented(pixels: np.ndarray, boxes: np.ndarray, rng: np.random.Generator) -> tuple[torch.Tensor, np.ndarray]:
    """A mirrored, zoomed and recoloured copy; pixels in [0, 1], channels first."""
    image = torch.from_numpy(np.ascontiguousarray(pixels)).permute(2, 0, 1).float().div_(255)
    boxes = boxes.copy()
    if rng.random() < 0.35:
        zoom = rng.uniform(1, 1.6)
        width, height = int(WIDTH / zoom), int(HEIGHT / zoom)
        x0, y0 = rng.integers(0, WIDTH - width + 1), rng.integers(0, HEIGHT - height + 1)
        part = image[None, :, y0 : y0 + height, x0 : x0 + width]
        image = F.interpolate(part, (HEIGHT, WIDTH), mode="bilinear", align_corners=False)[0]
        whole = (boxes[:, 3] - boxes[:, 1]) * (boxes[:, 4] - boxes[:, 2])
        boxes[:, [1, 3]] = ((boxes[:, [1, 3]] - x0) * WIDTH / width).clip(0, WIDTH)
        boxes[:, [2, 4]] = ((boxes[:, [2, 4]] - y0) * HEIGHT / height).clip(0, HEIGHT)
        area = (boxes[:, 3] - boxes[:, 1]) * (boxes[:, 4] - boxes[:, 2]) / zoom**2
        boxes[area < 0.35 * whole, 5] = 1
        boxes = boxes[area > 1]
    if rng.random() < 0.5:
        image = image.flip(2)
        boxes[:, [1, 3]] = WIDTH - boxes[:, [3, 1]]
    gain = torch.tensor(rng.uniform(0.85, 1.15, (3, 1, 1)) * rng.uniform(0.75, 1.3), dtype=torch.float32)
    image = (image * gain + float(rng.uniform(-0.06, 0.06))).clamp_(0, 1)
    if rng.random() < 0.2:
        image = image.mean(0, keepdim=True).lerp(image, float(rng.uniform(0, 0.7)))
    return image, boxes


def targets(boxes: np.ndarray) -> dict[str, np.ndarray]:
    """
    heat: a peak of 1 at the cell of each box's centre; counted: 0 where an ignored box lies;
    edges: left, top, right, bottom in pixels of the box that each cell belongs to; weight: how much it counts.
    """
    heat = np.zeros((len(LABELS), ROWS, COLUMNS), np.float32)
    counted = np.ones((ROWS, COLUMNS), np.float32)
    edges = np.zeros((4, ROWS, COLUMNS), np.float32)
    weight = np.zeros((ROWS, COLUMNS), np.float32)
    area = (boxes[:, 3] - boxes[:, 1]) * (boxes[:, 4] - boxes[:, 2])
    for label, left, top, right, bottom, ignored in boxes[np.argsort(-area)]:
        c0, c1 = int(left // STRIDE), int(np.ceil(right / STRIDE))
        r0, r1 = int(top // STRIDE), int(np.ceil(bottom / STRIDE))
        if ignored:
            counted[r0:r1, c0:c1] = 0
            continue
        column = min(COLUMNS - 1, int((left + right) / 2 // STRIDE))
        row = min(ROWS - 1, int((top + bottom) / 2 // STRIDE))
        sigma_x = max(0.3, (right - left) / STRIDE * SPREAD / 6)
        sigma_y = max(0.3, (bottom - top) / STRIDE * SPREAD / 6)
        x = np.exp(-((np.arange(c0, c1) - column) ** 2) / (2 * sigma_x**2))
        y = np.exp(-((np.arange(r0, r1) - row) ** 2) / (2 * sigma_y**2))
        bell = (y[:, None] * x[None, :]).astype(np.float32)
        if bell.size == 0:
            continue
        bell[bell < 0.02] = 0
        part = heat[int(label), r0:r1, c0:c1]
        np.maximum(part, bell, out=part)
        mine = bell > 0
        edges[:, r0:r1, c0:c1][:, mine] = np.array([left, top, right, bottom], np.float32)[:, None]
        weight[r0:r1, c0:c1][mine] = (bell / bell.sum())[mine]
    counted = np.maximum(counted[None], heat > 0.3).astype(np.float32)
    return {"heat": heat, "counted": counted, "edges": edges, "weight": weight}


def batch_of(frames: Frames, indices: np.ndarray, rng: np.random.Generator) -> tuple[torch.Tensor, dict]:
    images, maps = [], []
    for index in indices:
        image, boxes = augmented(frames.pixels[index], frames.boxes[index], rng)
        images.append(image)
        maps.append(targets(boxes))
    return torch.stack(images), {key: torch.from_numpy(np.stack([m[key] for m in maps])) for key in maps[0]}
