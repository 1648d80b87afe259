"""From the network's output to boxes, and how good they are."""

import numpy as np
import torch

from frames import COLUMNS, LABELS, ROWS, STRIDE


def edges_of(raw: torch.Tensor) -> torch.Tensor:
    """Left, top, right, bottom in pixels from channels 4 … 7: exp(raw) · 8 px from the cell's centre."""
    distance = raw.float().clamp(-6, 5).exp() * STRIDE
    x = (torch.arange(COLUMNS) + 0.5) * STRIDE
    y = ((torch.arange(ROWS) + 0.5) * STRIDE)[:, None]
    return torch.stack(
        [x - distance[:, 0], y - distance[:, 1], x + distance[:, 2], y + distance[:, 3]], dim=1
    )


def detections(output: torch.Tensor, least: float = 0.05, most: int = 400) -> list[np.ndarray]:
    """
    For each image rows of (class, left, top, right, bottom, score, logit), best first, as the lab reads them: every
    cell above a score is a candidate, not only peaks, since people side by side share a neighbourhood.
    """
    logits = output[:, : len(LABELS)].float()
    edges = edges_of(output[:, len(LABELS) :])
    found = []
    for image in range(len(output)):
        label, row, column = (logits[image] > np.log(least / (1 - least))).nonzero(as_tuple=True)
        logit = logits[image, label, row, column]
        order = logit.argsort(descending=True)[:most]
        label, row, column, logit = label[order], row[order], column[order], logit[order]
        box = edges[image, :, row, column].T
        rows = torch.cat([label[:, None], box, logit.sigmoid()[:, None], logit[:, None]], 1).numpy()
        found.append(without_overlaps(rows))
    return found


def without_overlaps(rows: np.ndarray, most_iou: float = 0.5) -> np.ndarray:
    """Greedy suppression within each class."""
    alike = (overlap(rows[:, 1:5], rows[:, 1:5]) > most_iou) & (rows[:, :1] == rows[:, 0])
    kept: list[int] = []
    for i in range(len(rows)):
        if not alike[i, kept].any():
            kept.append(i)
    return rows[kept]


def overlap(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Intersection over union of every a with every b."""
    low = np.maximum(a[:, None, :2], b[None, :, :2])
    high = np.minimum(a[:, None, 2:], b[None, :, 2:])
    shared = (high - low).clip(0).prod(2)
    area = lambda c: (c[:, 2] - c[:, 0]) * (c[:, 3] - c[:, 1])
    return shared / (area(a)[:, None] + area(b)[None] - shared + 1e-9)


def judged(found: list[np.ndarray], truth: list[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """Rows of (class, score, logit, right) of all detections that count, and the number of boxes of each class."""
    rows, counts = [], np.zeros(len(LABELS), int)
    for detected, boxes in zip(found, truth):
        for label in range(len(LABELS)):
            ours = detected[detected[:, 0] == label]
            real = boxes[(boxes[:, 0] == label) & (boxes[:, 5] == 0)]
            ignored = boxes[boxes[:, 5] == 1]
            counts[label] += len(real)
            free = np.ones(len(real), bool)
            iou = overlap(ours[:, 1:5], real[:, 1:5])
            on_ignored = overlap(ours[:, 1:5], ignored[:, 1:5]).max(1, initial=0) > 0.5
            for i, detection in enumerate(ours):
                fits = np.where(free, iou[i], 0)
                right = len(real) > 0 and fits.max() > 0.5
                if right:
                    free[fits.argmax()] = False
                if right or not on_ignored[i]:
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
