"""From the network's output to boxes, and how good they are: training/README.md says what counts."""

import numpy as np
import torch

from frames import LABELS, STRIDE

# See architecture.ts.
MARGIN = 0.5
# What the filtered figures ask for: at least this height of a frame of 384 lines, and at most so much hidden.
EASY_HEIGHT, EASY_OCCLUSION = 18 / 384, 0.5


def edges_at(raw: torch.Tensor, cell: torch.Tensor, rows: int, columns: int) -> torch.Tensor:
    """Left, top, right, bottom in pixels from the last four channels of some cells, numbered through the batch."""
    distance = (raw.clamp(-6, 5).exp() - MARGIN) * STRIDE
    x = (cell % columns + 0.5) * STRIDE
    y = (cell // columns % rows + 0.5) * STRIDE
    return torch.stack([x - distance[:, 0], y - distance[:, 1], x + distance[:, 2], y + distance[:, 3]], 1)


def detections(output: torch.Tensor, least: float = 0.05, most: int = 400) -> list[np.ndarray]:
    """
    For each image rows of (class, left, top, right, bottom, score, logit), best first, as the lab reads them: edges in
    fractions of the frame, clipped to it; every cell above a score is a candidate.
    """
    rows, columns = output.shape[2:]
    size = torch.tensor([columns, rows, columns, rows]) * STRIDE
    found = []
    for image in output.float().permute(0, 2, 3, 1).reshape(len(output), rows * columns, -1):
        cell, label = (image[:, : len(LABELS)] > np.log(least / (1 - least))).nonzero(as_tuple=True)
        logit = image[cell, label]
        order = logit.argsort(descending=True)[:most]
        cell, label, logit = cell[order], label[order], logit[order]
        box = (edges_at(image[cell, len(LABELS) :], cell, rows, columns) / size).clamp(0, 1)
        found.append(
            without_overlaps(torch.cat([label[:, None], box, logit.sigmoid()[:, None], logit[:, None]], 1).numpy())
        )
    return found


def without_overlaps(rows: np.ndarray, most_iou: float = 0.5) -> np.ndarray:
    """Greedy suppression within each class."""
    alike = (overlap(rows[:, 1:5], rows[:, 1:5]) > most_iou) & (rows[:, :1] == rows[:, 0])
    kept: list[int] = []
    for i in range(len(rows)):
        if not alike[i, kept].any():
            kept.append(i)
    return rows[kept]


def shared_area(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    low = np.maximum(a[:, None, :2], b[None, :, :2])
    high = np.minimum(a[:, None, 2:], b[None, :, 2:])
    return (high - low).clip(0).prod(2)


def area_of(boxes: np.ndarray) -> np.ndarray:
    return (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])


def overlap(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Intersection over union of every a with every b."""
    shared = shared_area(a, b)
    return shared / (area_of(a)[:, None] + area_of(b)[None] - shared + 1e-9)


def judged(found: list[np.ndarray], truth: list[np.ndarray], easy: bool) -> tuple[np.ndarray, np.ndarray]:
    """
    Rows of (class, score, logit, right) of all detections that count, and the number of boxes of each class.
    @easy: also ignores small and hidden boxes, and unmatched detections that are small or lie on an ignored object.
    """
    rows, counts = [], np.zeros(len(LABELS), int)
    for detected, boxes in zip(found, truth):
        hard = boxes[:, 5] == 1
        if easy:
            hard = hard | (boxes[:, 4] - boxes[:, 2] < EASY_HEIGHT) | (boxes[:, 6] > EASY_OCCLUSION)
        for label in range(len(LABELS)):
            ours = detected[detected[:, 0] == label]
            real = boxes[(boxes[:, 0] == label) & ~hard]
            ignored = boxes[hard & (boxes[:, 0] == label)] if easy else boxes[hard]
            counts[label] += len(real)
            free = np.ones(len(real), bool)
            iou = overlap(ours[:, 1:5], real[:, 1:5])
            if easy:
                shared = shared_area(ours[:, 1:5], ignored[:, 1:5]) / (area_of(ours[:, 1:5])[:, None] + 1e-9)
                dropped = (shared.max(1, initial=0) > 0.5) | (ours[:, 4] - ours[:, 2] < EASY_HEIGHT)
            else:
                dropped = overlap(ours[:, 1:5], ignored[:, 1:5]).max(1, initial=0) > 0.5
            for i, detection in enumerate(ours):
                fits = np.where(free, iou[i], 0)
                right = len(real) > 0 and fits.max() > 0.5
                if right:
                    free[fits.argmax()] = False
                if right or not dropped[i]:
                    rows.append((label, detection[5], detection[6], right))
    return np.array(rows, np.float64).reshape(-1, 4), counts


def average_precision(rows: np.ndarray, count: int) -> float:
    """Area under precision over recall (all points) at IoU 0.5."""
    if count == 0 or len(rows) == 0:
        return 0.0
    right = rows[np.argsort(-rows[:, 1]), 3]
    hits = right.cumsum()
    precision = hits / np.arange(1, len(right) + 1)
    envelope = np.maximum.accumulate(precision[::-1])[::-1]
    return float((envelope * right).sum() / count)


def best_threshold(rows: np.ndarray, count: int) -> tuple[float, float]:
    """The score above which F1 over all classes is largest, and that F1."""
    ordered = rows[np.argsort(-rows[:, 1])]
    hits = ordered[:, 3].cumsum()
    f1 = 2 * hits / (np.arange(1, len(ordered) + 1) + count)
    best = int(f1.argmax())
    return float(ordered[best, 1]), float(f1[best])
