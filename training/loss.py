"""
Which cell learns which box, and the loss. Task-aligned assignment (TOOD, ICCV 2021, https://arxiv.org/abs/2108.07755):
the cells that propose a box best are its own, and their scores learn how well its edges fit (quality focal loss,
https://arxiv.org/abs/2006.04388); the edges learn by GIoU (https://arxiv.org/abs/1902.09630).
"""

from dataclasses import dataclass

import numpy as np
import torch
from torch.nn import functional as F

from boxes import edges_at
from frames import LABELS, STRIDE, counted, proposers

# Cells that a box may own.
MOST_OWN = 8
# How much more the edges weigh than the scores.
EDGES = 2.0


@dataclass
class Batch:
    """Images as bytes; boxes of all images one after the other; cells numbered through the batch."""

    images: torch.Tensor
    labels: torch.Tensor
    edges: torch.Tensor
    pair_box: torch.Tensor
    pair_cell: torch.Tensor
    counted: torch.Tensor

    @staticmethod
    def of(windows: list[tuple[np.ndarray, np.ndarray]], size: tuple[int, int]) -> "Batch":
        cells = (size[0] // STRIDE) * (size[1] // STRIDE)
        boxes, pair_box, pair_cell, first = [], [], [], 0
        for i, (_, all_boxes) in enumerate(windows):
            mine = all_boxes[all_boxes[:, 5] == 0]
            of_box, cell = proposers(mine, size)
            pair_box.append(of_box + first)
            pair_cell.append(cell + i * cells)
            boxes.append(mine)
            first += len(mine)
        rows = np.concatenate(boxes)
        return Batch(
            torch.from_numpy(np.stack([image for image, _ in windows])).permute(0, 3, 1, 2),
            torch.from_numpy(rows[:, 0].astype(np.int64)),
            torch.from_numpy(rows[:, 1:5]),
            torch.from_numpy(np.concatenate(pair_box)),
            torch.from_numpy(np.concatenate(pair_cell)),
            torch.from_numpy(np.concatenate([counted(each, size) for _, each in windows])),
        )


def overlap_and_giou(ours: torch.Tensor, theirs: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    shared = (torch.minimum(ours[:, 2:], theirs[:, 2:]) - torch.maximum(ours[:, :2], theirs[:, :2])).clamp(min=0)
    area = lambda c: (c[:, 2:] - c[:, :2]).clamp(min=0).prod(1)
    union = area(ours) + area(theirs) - shared.prod(1) + 1e-6
    hull = torch.maximum(ours[:, 2:], theirs[:, 2:]) - torch.minimum(ours[:, :2], theirs[:, :2])
    hull = hull.clamp(min=0).prod(1) + 1e-6
    iou = shared.prod(1) / union
    return iou, iou - (hull - union) / hull


@dataclass
class Assignment:
    box: torch.Tensor
    cell: torch.Tensor
    quality: torch.Tensor


def flat(output: torch.Tensor) -> torch.Tensor:
    """[images, channels, rows, columns] to [cells, channels]."""
    return output.float().permute(0, 2, 3, 1).reshape(-1, output.shape[1])


@torch.no_grad()
def assign(output: torch.Tensor, batch: Batch) -> Assignment:
    cells, boxes = flat(output), batch.pair_box
    here = cells[batch.pair_cell]
    ours = edges_at(here[:, len(LABELS) :], batch.pair_cell, output.shape[2], output.shape[3])
    iou, _ = overlap_and_giou(ours, batch.edges[boxes])
    score = here.gather(1, batch.labels[boxes][:, None])[:, 0].sigmoid()
    aligned = score.sqrt() * iou**6 + 1e-9
    order = aligned.argsort(descending=True)
    order = order[boxes[order].argsort(stable=True)]
    sorted_boxes = boxes[order]
    starts = torch.searchsorted(sorted_boxes, sorted_boxes)
    own = order[torch.arange(len(order)) - starts < MOST_OWN]
    # A cell that several boxes want learns the one that it fits best.
    best = torch.zeros(len(cells)).scatter_reduce(0, batch.pair_cell[own], iou[own] + 1e-6, "amax")
    own = own[iou[own] + 1e-6 >= best[batch.pair_cell[own]]]
    most = lambda values: torch.zeros(len(batch.labels)).scatter_reduce(0, boxes[own], values[own], "amax")[boxes[own]]
    quality = aligned[own] / most(aligned).clamp(min=1e-9) * most(iou)
    return Assignment(boxes[own], batch.pair_cell[own], quality)


def loss_of(output: torch.Tensor, batch: Batch, given: Assignment) -> tuple[torch.Tensor, torch.Tensor]:
    """Of the scores and of the edges."""
    cells = flat(output)
    logits = cells[:, : len(LABELS)]
    wanted = torch.zeros_like(logits)
    wanted[given.cell, batch.labels[given.box]] = given.quality
    counts = batch.counted.clone()
    counts[given.cell] = True
    surprise = F.binary_cross_entropy_with_logits(logits, wanted, reduction="none")
    focal = (wanted - logits.sigmoid()).abs() ** 2 * surprise
    total = given.quality.sum().clamp(min=1)
    ours = edges_at(cells[given.cell][:, len(LABELS) :], given.cell, output.shape[2], output.shape[3])
    _, giou = overlap_and_giou(ours, batch.edges[given.box])
    return (focal * counts[:, None]).sum() / total, EDGES * ((1 - giou) * given.quality).sum() / total
