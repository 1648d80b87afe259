"""
Judges the exported detector on held-out seeds, writes its card, and PyTorch's output on the first held-out frame
for verify.ts: `python training/evaluate.py`.
"""

import json
from pathlib import Path

import torch

from boxes import average_precision, best_threshold, detections, judged
from frames import HEIGHT, LABELS, STRIDE, WIDTH, Frames
from network import Network, load

HERE = Path(__file__).parent
# Of the card; F1 against the exact boxes is largest at about this score.
THRESHOLD = 0.3
MODEL = HERE.parent / "public/models/default"


@torch.no_grad()
def detect_all(network: Network, frames: Frames) -> list:
    found = []
    for i in range(0, len(frames), 8):
        pixels = torch.from_numpy(frames.pixels[i : i + 8].copy()).permute(0, 3, 1, 2).float() / 255
        found += detections(network(pixels))
    return found


def evaluate(network: Network, frames: Frames) -> dict:
    """AP50 of each class and their mean; the score at which F1 over all classes is largest, and that F1."""
    rows, counts = judged(detect_all(network, frames), frames.boxes)
    each = {
        label: round(average_precision(rows[rows[:, 0] == i], counts[i]), 3) for i, label in enumerate(LABELS)
    }
    threshold, f1 = best_threshold(rows, counts.sum())
    mean = round(sum(each.values()) / len(each), 3)
    return {"AP50": mean, **each, "F1": round(f1, 3), "threshold": round(threshold, 3)}


def write_card(result: dict, at_usual: dict, easy: dict, judged_frames: int, trained_frames: int) -> None:
    def figures(each: dict) -> str:
        return ", ".join(f"{label} {each[label]:.2f}" for label in LABELS) + f", mean {each['AP50']:.2f}"

    card = {
        "name": "default",
        "label": "Default (street scene)",
        "description": "Small convolutional detector of cars, trucks, people and bicycles, for the built-in scene.",
        "input": {
            "width": WIDTH,
            "height": HEIGHT,
            "layout": "NHWC",
            "channels": "RGB",
            "mean": [0, 0, 0],
            "std": [255, 255, 255],
        },
        "head": {"kind": "grid", "stride": STRIDE},
        "labels": list(LABELS),
        "threshold": THRESHOLD,
        "licence": "MIT",
        "training": (
            f"Trained from nothing on {trained_frames} frames of the built-in scene, most of them degraded by a VP9 "
            f"encoder (training/README.md). AP50 on {judged_frames} frames of held-out seeds at full quality: "
            f"{figures(at_usual)} at the presets' own sliders (boxes of at least 18 px "
            f"at 384 lines and at most half hidden: {figures(easy)}); {figures(result)} at sliders anywhere. There F1 "
            f"is largest ({result['F1']:.2f}) at a threshold of {result['threshold']:.2f}."
        ),
    }
    (MODEL / "card.json").write_text(json.dumps(card, indent=2) + "\n")


def main() -> None:
    network = load(MODEL)
    torch.set_num_threads(1)
    heldout, usual, calibration, train = (
        Frames(HERE / "data", name) for name in ("heldout", "usual", "calibration", "train")
    )
    result, at_usual = evaluate(network, heldout), evaluate(network, usual)
    print("held out, any sliders, full quality:", json.dumps(result))
    print("held out, the presets' sliders, full quality:", json.dumps(at_usual))
    print("calibration split, any sliders, degraded:", json.dumps(evaluate(network, calibration)))
    easy = evaluate(network, usual.only_easy())
    print("the same, boxes of 18 px at 384 lines and more, at most half hidden:", json.dumps(easy))
    write_card(result, at_usual, easy, len(heldout) + len(usual), len(train))
    with torch.no_grad():
        first = torch.from_numpy(heldout.pixels[:1].copy()).permute(0, 3, 1, 2).float() / 255
        network(first).permute(0, 2, 3, 1).contiguous().numpy().tofile(HERE / "data/reference.f32")


if __name__ == "__main__":
    main()
