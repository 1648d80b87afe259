"""
Is a member worth adapting for? F1 of its detections at cheaper and cheaper configurations against those at the most
expensive one (640x384, quantizer 32), as the lab measures accuracy, on held-out seeds: a table in
training/ladder.md and a plot in training/ladder.svg. `python training/ladder.py`
"""

import json
from pathlib import Path

import numpy as np
import torch

from boxes import overlap
from evaluate import detect_all
from family import DATA, MODELS, family
from frames import Frames
from network import load

HERE = Path(__file__).parent
COLORS = ("#888888", "#3a7ebf", "#2a9d5c", "#d1495b", "#8a5fbf", "#c58a1b")


def f1(found: np.ndarray, reference: np.ndarray) -> float:
    """src/domain/accuracy.ts: greedy, most confident first, each reference box used once."""
    if len(found) + len(reference) == 0:
        return 1.0
    iou = overlap(found[:, 1:5], reference[:, 1:5]) * (found[:, :1] == reference[:, 0])
    free, matches = np.ones(len(reference), bool), 0
    for row in iou:
        fits = np.where(free, row, 0)
        if len(fits) and fits.max() > 0.5:
            free[fits.argmax()] = False
            matches += 1
    return 2 * matches / (len(found) + len(reference))


def measure(name: str, size: tuple[int, int], frames: Frames, rungs: int) -> np.ndarray:
    threshold = json.loads((MODELS / name / "card.json").read_text())["threshold"]
    found = [rows[rows[:, 5] > threshold] for rows in detect_all(load(MODELS / name), frames, size)[-1]]
    return np.array(
        [[f1(found[i + k], found[i]) for k in range(rungs)] for i in range(0, len(frames), rungs)]
    ).mean(0)


def plot(rungs: list[tuple[float, int]], results: dict[str, np.ndarray]) -> str:
    """Three panels: the quantizer alone, the resolution alone, both; F1 upwards, cheaper to the right."""
    lines = [k for k, (scale, _) in enumerate(rungs) if scale == 1]
    quantizers, sizes = lines, [0] + [k for k, (s, q) in enumerate(rungs) if s < 1 and q == rungs[0][1]]
    both = [0] + [k for k in range(len(rungs)) if k not in quantizers and k not in sizes]
    width, height, parts = 300, 220, []
    for panel, (title, steps) in enumerate(
        (("quantizer, 640x384", quantizers), ("share of 640x384, quantizer 32", sizes), ("both", both))
    ):
        x0 = 40 + panel * (width + 30)
        at = lambda i, f: f"{x0 + i * width / (len(steps) - 1):.1f},{20 + (1 - f) * height:.1f}"
        parts.append(f'<text x="{x0}" y="12">{title}</text>')
        for level in (0.25, 0.5, 0.75, 0.9, 1):
            y = 20 + (1 - level) * height
            parts.append(f'<path d="M{x0} {y:.1f}h{width}" stroke="#8884" />')
            parts.append(f'<text x="{x0 - 26}" y="{y + 4:.1f}">{level}</text>')
        for i, k in enumerate(steps):
            scale, quantizer = rungs[k]
            said = f"{quantizer}" if panel == 0 else f"{scale:g}" if panel == 1 else f"{scale:g} / {quantizer}"
            if panel != 0 or i % 3 == 0:
                parts.append(f'<text x="{x0 + i * width / (len(steps) - 1) - 10:.1f}" y="{height + 36}">{said}</text>')
        for color, values in zip(COLORS, results.values()):
            points = " ".join(at(i, values[k]) for i, k in enumerate(steps))
            parts.append(f'<polyline points="{points}" fill="none" stroke="{color}" stroke-width="2" />')
    for i, (color, name) in enumerate(zip(COLORS, results)):
        parts.append(f'<text x="{40 + i * 130}" y="{height + 60}" fill="{color}">{name}</text>')
    style = 'font-family="sans-serif" font-size="11"'
    body = "\n".join(parts)
    paper = '<rect width="1060" height="290" fill="#fff" />'
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1060 290" {style}>\n{paper}\n{body}\n</svg>\n'


def main() -> None:
    torch.set_num_threads(1)
    frames = Frames(DATA, "ladder")
    count = frames.rungs.index(frames.rungs[0], 1)
    rungs = frames.rungs[:count]
    results = {
        member["name"]: measure(member["name"], (member["input"]["width"], member["input"]["height"]), frames, count)
        for member in family()
    }
    rows = [f"| share of 640x384 | quantizer | {' | '.join(results)} |", "|---:|---:|" + "---:|" * len(results)]
    for k, (scale, quantizer) in enumerate(rungs):
        rows.append(f"| {scale:g} | {quantizer} | {' | '.join(f'{each[k]:.3f}' for each in results.values())} |")
    table = "\n".join(rows) + "\n"
    print(table)
    head = f"Mean F1 of {len(frames) // count} held-out frames against the same detector at 640x384 and quantizer 32."
    (HERE / "ladder.md").write_text(f"{head}\n\n{table}")
    (HERE / "ladder.svg").write_text(plot(rungs, results))


if __name__ == "__main__":
    main()
