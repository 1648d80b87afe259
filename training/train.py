"""
Trains the default detector on the rendered scene and exports it for tfjs.

    npx tsx training/writeTopology.ts
    python training/train.py --minutes 40

A focal loss on the heat map (CenterNet, 2019) and a GIoU loss on the boxes, spread as in TTFNet (AAAI 2020). The
schedule follows the clock, so that it fits the time there is on any machine.
"""

import argparse
import copy
import json
import queue
import threading
import time
from pathlib import Path

import numpy as np
import torch

from boxes import edges_of, judged
from evaluate import detect_all, evaluate
from frames import LABELS, Frames, batch_of
from network import Network, export

HERE = Path(__file__).parent


def heat_loss(logits: torch.Tensor, heat: torch.Tensor, counted: torch.Tensor) -> torch.Tensor:
    score = logits.sigmoid().clamp(1e-5, 1 - 1e-5)
    centre = (heat > 0.97).float()
    hit = centre * (1 - score) ** 2 * score.log()
    miss = (1 - centre) * (1 - heat) ** 4 * score**2 * (1 - score).log()
    return -((hit + miss) * counted).sum() / centre.sum().clamp(min=1)


def box_loss(raw: torch.Tensor, edges: torch.Tensor, weight: torch.Tensor) -> torch.Tensor:
    ours = edges_of(raw)
    low, high = torch.maximum(ours[:, :2], edges[:, :2]), torch.minimum(ours[:, 2:], edges[:, 2:])
    shared = (high - low).clamp(min=0).prod(1)
    area = (ours[:, 2:] - ours[:, :2]).prod(1) + (edges[:, 2:] - edges[:, :2]).prod(1)
    union = area - shared
    hull = (torch.maximum(ours[:, 2:], edges[:, 2:]) - torch.minimum(ours[:, :2], edges[:, :2])).prod(1)
    giou = shared / (union + 1e-6) - (hull - union) / (hull + 1e-6)
    return ((1 - giou) * weight).sum() / weight.sum().clamp(min=1)


def batches(frames: Frames, size: int, seed: int):
    """Endless batches, made ahead in a thread of their own; each pass takes in what was rendered meanwhile."""
    ready: queue.Queue = queue.Queue(maxsize=6)

    def fill() -> None:
        rng = np.random.default_rng(seed)
        while True:
            frames.refresh()
            order = rng.permutation(len(frames))
            for i in range(0, len(order) - size + 1, size):
                ready.put(batch_of(frames, order[i : i + size], rng))

    threading.Thread(target=fill, daemon=True).start()
    while True:
        yield ready.get()


def calibrate(network: Network, frames: Frames) -> None:
    """Scales and shifts the class logits so that a score is the share of such detections that are right."""
    rows, _ = judged(detect_all(network, frames), frames.boxes)
    head = network.convolutions["head"].conv
    for label in range(len(LABELS)):
        mine = torch.tensor(rows[rows[:, 0] == label][:, 2:4], dtype=torch.float32)
        slope, shift = torch.ones(1, requires_grad=True), torch.zeros(1, requires_grad=True)
        optimiser = torch.optim.LBFGS([slope, shift], max_iter=60)

        def loss() -> torch.Tensor:
            optimiser.zero_grad()
            value = torch.nn.functional.binary_cross_entropy_with_logits(slope * mine[:, 0] + shift, mine[:, 1])
            value.backward()
            return value

        optimiser.step(loss)
        print(f"calibration of {LABELS[label]}: logit · {slope.item():.2f} + {shift.item():.2f}")
        with torch.no_grad():
            head.weight[label] *= slope.item()
            head.bias[label] = head.bias[label] * slope.item() + shift.item()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=40)
    parser.add_argument("--export-every", type=float, default=8, help="minutes between exported checkpoints")
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--resume", type=Path, help="a checkpoint to go on from")
    parser.add_argument("--freeze-at", type=float, default=0.5, help="share of the time after which norms are frozen")
    parser.add_argument("--rate", type=float, default=2e-3)
    # On a busy machine a second thread costs more in waiting than it gains: 60 ms a batch became 1500 ms.
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--data", type=Path, default=HERE / "data")
    parser.add_argument("--out", type=Path, default=HERE.parent / "public/models/default")
    options = parser.parse_args()
    torch.manual_seed(1)
    torch.set_num_threads(options.threads)

    train = Frames(options.data, "train")
    network = Network(json.loads((options.data / "topology.json").read_text()))
    network = network.to(memory_format=torch.channels_last)
    if options.resume:
        network.load_state_dict(torch.load(options.resume))
    average = copy.deepcopy(network)
    decayed = [p for p in network.parameters() if p.ndim > 1]
    others = [p for p in network.parameters() if p.ndim <= 1]
    optimiser = torch.optim.AdamW([{"params": decayed, "weight_decay": 1e-2}, {"params": others, "weight_decay": 0}])

    def finish(step: int) -> None:
        exported = copy.deepcopy(average).eval()
        calibrate(exported, Frames(options.data, "calibration"))
        exported = exported.without_norms()
        result = evaluate(exported, Frames(options.data, "heldout"))
        print(f"step {step}: held out {json.dumps(result)}", flush=True)
        torch.save(average.state_dict(), options.data / "checkpoint.pt")
        write(exported, average, options.out)

    def write(exported: Network, trained: Network, out: Path) -> None:
        calibrated = copy.deepcopy(trained).eval()
        calibrated.convolutions["head"].conv.load_state_dict(exported.convolutions["head"].conv.state_dict())
        export(calibrated, out)

    begin, next_export, seen, spent = time.time(), options.export_every, 0, 0.0
    stream = batches(train, options.batch, seed=1)
    step = 0
    while (share := (time.time() - begin - spent) / 60 / options.minutes) < 1:
        rate = options.rate * min(1, (step + 1) / 100) * 0.5 * (1 + np.cos(np.pi * share)) + 1e-5
        for group in optimiser.param_groups:
            group["lr"] = rate
        if share > options.freeze_at:
            network.freeze_norms()
        images, maps = next(stream)
        with torch.autocast("cpu", torch.bfloat16):
            output = network(images.to(torch.bfloat16, memory_format=torch.channels_last) / 255)
        output = output.float()
        heat = heat_loss(output[:, :4], maps["heat"], maps["counted"].float())
        edge = box_loss(output[:, 4:], maps["edges"], maps["weight"])
        optimiser.zero_grad()
        (heat + 4 * edge).backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 10)
        optimiser.step()
        keep = min(0.998, 1 - 1 / (step + 2))
        with torch.no_grad():
            for ours, theirs in zip(average.state_dict().values(), network.state_dict().values()):
                ours.lerp_(theirs, 1 - keep) if ours.is_floating_point() else ours.copy_(theirs)
        step += 1
        seen += len(images)
        if step % 25 == 0:
            speed = seen / (time.time() - begin - spent)
            print(f"step {step} heat {heat:.3f} box {edge:.3f} rate {rate:.1e} {speed:.1f} frames/s", flush=True)
        if share * options.minutes > next_export:
            next_export += options.export_every
            pause = time.time()
            finish(step)
            spent += time.time() - pause
    finish(step)


if __name__ == "__main__":
    main()
