"""
Trains one member of the family on the rendered scene.

    npx tsx training/writeTopology.ts
    python training/train.py street-large --minutes 60
    python training/publish.py street-large

The schedule follows the clock, so that it fits the time there is on any machine. A checkpoint is written every few
minutes to training/data/<member>.pt; `--resume` goes on from one, of this member or of another.
"""

import argparse
import copy
import queue
import threading
import time
from pathlib import Path

import numpy as np
import torch

from evaluate import detect_all, figures
from family import DATA, member_of
from frames import Frames, window
from loss import Batch, assign, loss_of
from network import Network

# Weight of the loss of every exit before the last.
EARLY_EXIT = 0.5
# Share of the batches that show whole frames, the others show parts.
WHOLE = 0.35


def batches(splits: list[Frames], count: int, size: tuple[int, int], most_zoom: float, seed: int):
    """Endless batches, made ahead in a thread of their own; each pass takes in what was rendered meanwhile."""
    ready: queue.Queue = queue.Queue(maxsize=4)

    def fill() -> None:
        rng = np.random.default_rng(seed)
        while True:
            for split in splits:
                split.refresh()
            order = rng.permutation([(s, i) for s, split in enumerate(splits) for i in range(len(split))])
            for first in range(0, len(order) - count + 1, count):
                zoom = 1.0 if rng.random() < WHOLE else most_zoom
                shown = [(splits[s].pixels[i], splits[s].boxes[i]) for s, i in order[first : first + count]]
                ready.put(Batch.of([window(*each, size, zoom, rng) for each in shown], size))

    threading.Thread(target=fill, daemon=True).start()
    while True:
        yield ready.get()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("member")
    parser.add_argument("--minutes", type=float, default=40)
    parser.add_argument("--save-every", type=float, default=4, help="minutes between checkpoints")
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--size", type=int, nargs=2, help="of the windows; the member's own input size if not given")
    parser.add_argument("--zoom", type=float, default=1.5, help="most that a window magnifies a frame")
    parser.add_argument("--splits", nargs="+", default=["streets"])
    parser.add_argument("--resume", type=Path, help="a checkpoint to go on from")
    parser.add_argument("--freeze-at", type=float, default=0.5, help="share of the time after which norms are frozen")
    parser.add_argument("--rate", type=float, default=2e-3)
    # On a busy machine a second thread costs more in waiting than it gains.
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    torch.manual_seed(options.seed)
    torch.set_num_threads(options.threads)

    member = member_of(options.member)
    own_size = (member["input"]["width"], member["input"]["height"])
    size = tuple(options.size) if options.size else own_size
    network = Network(member["topology"])
    if options.resume:
        network.adopt(torch.load(options.resume))
    network = network.to(memory_format=torch.channels_last)
    average = copy.deepcopy(network)
    decayed = [p for p in network.parameters() if p.ndim > 1]
    others = [p for p in network.parameters() if p.ndim <= 1]
    optimiser = torch.optim.AdamW([{"params": decayed, "weight_decay": 1e-2}, {"params": others, "weight_decay": 0}])

    def save() -> None:
        torch.save(average.state_dict(), DATA / f"{member['name']}.pt")

    begin, next_save, seen, step = time.time(), options.save_every, 0, 0
    stream = batches([Frames(DATA, each) for each in options.splits], options.batch, size, options.zoom, options.seed)
    means = np.zeros(2)
    while (share := (time.time() - begin) / 60 / options.minutes) < 1:
        rate = options.rate * min(1, (step + 1) / 200) * 0.5 * (1 + np.cos(np.pi * share)) + 1e-5
        for group in optimiser.param_groups:
            group["lr"] = rate
        if share >= options.freeze_at:
            network.freeze_norms()
        batch = next(stream)
        with torch.autocast("cpu", torch.bfloat16):
            images = batch.images.to(torch.bfloat16, memory_format=torch.channels_last) / 255
            outputs = network(images)
        given = assign(outputs[-1], batch)
        total = torch.zeros(())
        for output in outputs:
            scores, edges = loss_of(output, batch, given)
            total = total + (scores + edges) * (1 if output is outputs[-1] else EARLY_EXIT)
        optimiser.zero_grad()
        total.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 10)
        optimiser.step()
        keep = min(0.999, 1 - 1 / (step / 4 + 2))
        with torch.no_grad():
            for ours, theirs in zip(average.state_dict().values(), network.state_dict().values()):
                ours.lerp_(theirs, 1 - keep) if ours.is_floating_point() else ours.copy_(theirs)
        step += 1
        seen += len(images)
        means = 0.98 * means + 0.02 * np.array([scores.item(), edges.item()])
        if step % 50 == 0:
            loss = means / (1 - 0.98**step)
            speed = seen / (time.time() - begin)
            print(f"step {step} scores {loss[0]:.3f} edges {loss[1]:.3f} {rate:.1e} {speed:.1f} frames/s", flush=True)
        if share * options.minutes > next_save:
            next_save += options.save_every
            save()
    save()
    frames = Frames(DATA, "usual")
    for exit_, found in zip(network.exits, detect_all(average.without_norms(), frames, own_size)):
        print(exit_, figures(found, frames, easy=True), "of all boxes", figures(found, frames, easy=False)["AP50"])


if __name__ == "__main__":
    main()
