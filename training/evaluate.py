"""Judges the exported members on held-out seeds and prints a table: `python training/evaluate.py [member …]`."""

import sys

import numpy as np
import torch

from boxes import average_precision, best_threshold, detections, judged
from family import DATA, MODELS, family
from frames import LABELS, Frames
from network import Network, load


@torch.no_grad()
def detect_all(network: Network, frames: Frames, size: tuple[int, int]) -> list[list[np.ndarray]]:
    """For every exit the detections in each frame, as `detections` gives them."""
    found: list[list[np.ndarray]] = [[] for _ in network.exits]
    for i in range(0, len(frames), 8):
        images = np.stack([frames.scaled(k, *size) for k in range(i, min(i + 8, len(frames)))])
        pixels = torch.from_numpy(images).permute(0, 3, 1, 2).float() / 255
        for mine, output in zip(found, network(pixels)):
            mine += detections(output)
    return found


def figures(found: list[np.ndarray], frames: Frames, easy: bool) -> dict:
    """AP50 of each class and their mean; the score at which F1 over all classes is largest."""
    rows, counts = judged(found, frames.boxes, easy)
    each = [average_precision(rows[rows[:, 0] == i], counts[i]) for i in range(len(LABELS))]
    return {
        "AP50": round(float(np.mean(each)), 3),
        "byClass": {label: round(ap, 3) for label, ap in zip(LABELS, each)},
        "threshold": round(best_threshold(rows, counts.sum())[0], 2),
    }


def main() -> None:
    torch.set_num_threads(1)
    splits = {name: Frames(DATA, name) for name in ("usual", "anywhere")}
    print(f"{'member':13}{'exit':7}{'M mult-adds':>12}  {'split':9}{'counted':8}{'AP50':>6}", *LABELS, sep="  ")
    for member in family():
        if len(sys.argv) > 1 and member["name"] not in sys.argv[1:]:
            continue
        network = load(MODELS / member["name"])
        size = (member["input"]["width"], member["input"]["height"])
        for split, frames in splits.items():
            passes = zip(network.exits, network.multiply_adds(*size), detect_all(network, frames, size))
            for exit_, cost, found in passes:
                for easy in (True, False):
                    result = figures(found, frames, easy)
                    classes = "  ".join(f"{ap:{max(5, len(label))}.3f}" for label, ap in result["byClass"].items())
                    start = f"{member['name']:13}{exit_:7}{cost / 1e6:12.0f}  {split:9}{'easy' if easy else 'all':8}"
                    print(f"{start}{result['AP50']:6.3f}  {classes}", flush=True)


if __name__ == "__main__":
    main()
