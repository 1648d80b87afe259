"""Trains the importance net on what collect.ts wrote: python training/importance/train.py

Writes public/models/importance.json and the measurements in README.md, and says what to pin in src/engine/importanceNet.ts.
"""
import hashlib
import json
import time
from pathlib import Path

import numpy as np

from data import HELD, ROOT, Split, mirrored
from features import FEATURES, HEIGHT, WIDTH, features_of, local_variance
from measure import auc, block_figures, held_by_as_many, tile_figures
from network import calibrate, sigmoid, train

FILE = ROOT / "public" / "models" / "importance.json"
README = Path(__file__).with_name("README.md")
UNITS, EPOCHS = 64, 15
BOUNDS = (0.1, 0.2, 0.3, 0.5)
DETECTOR = "default"
# Blocks of which the tests ask.
CHECKED = (0, 14, 137, 300, 452, 539)


def samples(split, rows=slice(None), mirror=False):
    frames, labels = split.frames[rows], split.labels[rows]
    x, y = features_of(frames), labels
    if mirror:
        x = np.concatenate([x, features_of(frames[:, :, ::-1])])
        y = np.concatenate([y, mirrored(labels)])
    return x.reshape(-1, FEATURES), y.reshape(-1)


def importance(net, frames):
    return sigmoid(net.logits(features_of(frames)))


def trained_on(x, y, validation, report=None):
    net = train(x, y, UNITS, EPOCHS, watch=report)
    calibrate(net, *validation)
    return net.quantised()


def striped_picture():
    """A picture that the tests can draw too."""
    y, x, c = np.meshgrid(np.arange(HEIGHT), np.arange(WIDTH), np.arange(3), indexing="ij")
    return ((x * (3 + c) + y * 5 + (x * y) // 16) % 256).astype(np.uint8)[None]


def table_of(net, splits):
    lines = [
        "| held out | | AUC | rank correlation | of the loss on the tiles that the net keeps at 0.2 |",
        "| --- | --- | ---: | ---: | ---: |",
    ]
    for split in splits:
        of_net, texture = importance(net, split.frames), local_variance(split.frames)
        figures = {"importance net": of_net, "local variance": texture}
        for name, values in figures.items():
            f = block_figures(values, split)
            held = held_by_as_many(values, split.losses, of_net, 0.2)
            lines.append(f"| {split.name} | {name} | {f['auc']:.3f} | {f['spearman']:.3f} | {held:.1%} |")
        held = held_by_as_many(split.losses, split.losses, of_net, 0.2)
        lines.append(f"| {split.name} | the loss itself | 1 | 1 | {held:.1%} |")
    return lines


def bounds_of(net, splits):
    lines = ["| bound | " + " | ".join(f"{s.name}: tiles kept | of the loss" for s in splits) + " |"]
    lines.append("| ---: |" + " ---: | ---: |" * len(splits))
    for bound in BOUNDS:
        cells = [f"{share:.0%}" for s in splits for share in tile_figures(importance(net, s.frames), s.losses, bound)]
        lines.append(f"| {bound} | " + " | ".join(cells) + " |")
    return lines


def reliability_of(net, splits):
    values = np.concatenate([importance(net, s.frames).reshape(-1) for s in splits])
    labels = np.concatenate([s.labels.reshape(-1) for s in splits])
    lines = ["| importance | blocks | of these positive |", "| --- | ---: | ---: |"]
    for low, high in ((0, 0.05), (0.05, 0.1), (0.1, 0.2), (0.2, 0.3), (0.3, 0.5), (0.5, 0.7), (0.7, 1.01)):
        at = (values >= low) & (values < high)
        share = f"{labels[at].mean():.1%}" if at.any() else "–"
        lines.append(f"| {low} … {min(high, 1)} | {at.mean():.1%} | {share} |")
    return lines


def unseen_streets(whole, learn, validation, judged):
    """A kind of street of which training saw nothing."""
    lines = ["| kind of street, left out | AUC without it | with it | local variance |", "| --- | ---: | ---: | ---: |"]
    for preset in sorted(set(learn.presets)):
        x, y = samples(learn, learn.presets != preset, mirror=True)
        net = trained_on(x, y, samples(validation, validation.presets != preset))
        frames = np.concatenate([s.frames[s.presets == preset] for s in judged])
        labels = np.concatenate([s.labels[s.presets == preset] for s in judged])
        of = lambda values: np.nanmean([auc(v, t) for v, t in zip(values, labels)])
        lines.append(
            f"| {preset} | {of(importance(net, frames)):.3f} | {of(importance(whole, frames)):.3f} "
            f"| {of(local_variance(frames)):.3f} |"
        )
    return lines


def main():
    learn, validation = Split("train"), Split("validation")
    judged = [Split("usual"), Split("anywhere")]
    start = time.time()
    x, y = samples(learn, mirror=True)
    xv, yv = samples(validation)

    def report(epoch, loss, net):
        print(f"epoch {epoch + 1}: cross entropy {loss:.4f}, AUC on validation {auc(net.logits(xv), yv):.4f}")

    net = trained_on(x, y, (xv, yv), report)
    seconds = time.time() - start
    figures = {s.name: block_figures(importance(net, s.frames), s) for s in judged}
    card = {
        "meaning": f"The chance that a block is one of the few that together hold {HELD:.0%} of what the frame would lose "
        f"if all its blocks were blurred as given-up tiles are: sum over its pixels of |DNNGrad| (16x16 mean) times |high - low|.",
        "detector": DETECTOR,
        "domain": "The lab's own scene. Clips and other detectors are out of its domain: AccMPEG trains a net for each detector.",
        "training": f"{len(learn)} frames of {learn.scenes} scenes with random cameras, traffic and sliders, and their mirror "
        f"images; {UNITS} hidden units, {EPOCHS} epochs of Adam in numpy; calibrated on {len(validation)} frames "
        f"of {validation.scenes} other scenes.",
        "heldOut": {
            s.name: {"frames": len(s), "scenes": s.scenes, **{k: round(v, 3) for k, v in figures[s.name].items()}}
            for s in judged
        },
        "licence": "MIT",
        "check": {str(b): round(float(importance(net, striped_picture())[0, b]), 4) for b in CHECKED},
    }
    text = json.dumps({"card": card, **net.file()}, indent=1) + "\n"
    FILE.write_text(text)
    measured = "\n".join(
        [
            f"{len(learn)} frames of {learn.scenes} scenes to learn from ({learn.labels.mean():.1%} of their blocks positive), "
            f"{len(validation)} to calibrate on; {seconds:.0f} s. Judged on {' and '.join(f'{len(s)} frames of {s.scenes} scenes ({s.name})' for s in judged)}.",
            "",
            *table_of(net, judged),
            "",
            *bounds_of(net, judged),
            "",
            *reliability_of(net, judged),
            "",
            *unseen_streets(net, learn, validation, judged),
        ]
    )
    mark = "<!-- measured -->"
    head, _, tail = README.read_text().split(mark)
    README.write_text(f"{head}{mark}\n\n{measured}\n\n{mark}{tail}")
    print(measured)
    raw = text.encode()
    print(f"\nPin in src/engine/importanceNet.ts: bytes: {len(raw)}, sha256: '{hashlib.sha256(raw).hexdigest()}'")


if __name__ == "__main__":
    main()
