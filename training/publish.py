"""
Calibrates a trained member, exports it for tfjs, judges it on held-out seeds and writes its card:
`python training/publish.py street-large`. verify.ts compares tfjs with what this leaves in training/data: a frame in <member>.rgb, its outputs in .f32.
"""

import json
import sys
from pathlib import Path

import torch

from boxes import EASY_HEIGHT, EASY_OCCLUSION, MARGIN, judged
from evaluate import detect_all, figures
from family import DATA, MODELS, member_of
from frames import LABELS, STRIDE, Frames
from network import Network, export, load

HISTORY = Path(__file__).parent / "history.json"


def calibrate(network: Network, frames: Frames, size: tuple[int, int]) -> None:
    """Scales and shifts the class logits so that a score is the share of such detections that are right."""
    for name, found in zip(network.exits, detect_all(network, frames, size)):
        rows, _ = judged(found, frames.boxes, easy=True)
        head = network.convolutions[name].conv
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
            with torch.no_grad():
                head.weight[label] *= slope.item()
                head.bias[label] = head.bias[label] * slope.item() + shift.item()


def card_of(member: dict, network: Network, threshold: float) -> dict:
    name, size = member["name"], (member["input"]["width"], member["input"]["height"])
    usual, anywhere = Frames(DATA, "usual"), Frames(DATA, "anywhere")
    found = detect_all(network, usual, size)
    costs = network.multiply_adds(*size)
    accuracies = [figures(each, usual, easy=True) for each in found]
    for accuracy in accuracies:
        del accuracy["threshold"]
    of_all = figures(found[-1], usual, easy=False)
    elsewhere = figures(detect_all(network, anywhere, size)[-1], anywhere, easy=True)
    by_class = lambda result: ", ".join(f"{label} {ap:.2f}" for label, ap in result["byClass"].items())
    exits = [
        {"output": output, "multiplyAdds": cost, "accuracy": accuracy}
        for output, cost, accuracy in zip(network.exits, costs, accuracies)
    ]
    anytime = f" An anytime network: it can stop at {len(exits)} exits." if len(exits) > 1 else ""
    return {
        "name": name,
        "label": member["label"],
        "description": "Convolutional detector of cars, trucks, people and bicycles, for the built-in scene." + anytime,
        "input": {
            **member["input"],
            "layout": "NHWC",
            "channels": "RGB",
            "mean": [0, 0, 0],
            "std": [255, 255, 255],
        },
        "head": {
            "kind": "grid",
            "stride": STRIDE,
            "margin": MARGIN,
            **({"exits": exits} if len(exits) > 1 else {}),
        },
        "labels": list(LABELS),
        "threshold": threshold,
        "licence": "MIT",
        "parameters": network.parameters_count(),
        "multiplyAdds": costs[-1],
        "accuracy": accuracies[-1],
        "measured": (
            f"On {len(usual)} frames of seeds that training never saw, at the presets' own cameras and sliders and "
            f"full quality. Objects lower than {EASY_HEIGHT * 384:.0f} px at 384 lines or more than "
            f"{EASY_OCCLUSION:.0%} hidden count neither as missed nor as false (training/README.md). With all of the "
            f"scene's boxes AP50 is {of_all['AP50']:.2f} ({by_class(of_all)}); filtered, with the sliders anywhere, it "
            f"is {elsewhere['AP50']:.2f} ({by_class(elsewhere)})."
        ),
        "training": json.loads(HISTORY.read_text())[name],
    }


def main() -> None:
    torch.set_num_threads(1)
    member = member_of(sys.argv[1])
    size = (member["input"]["width"], member["input"]["height"])
    network = Network(member["topology"])
    network.load_state_dict(torch.load(DATA / f"{member['name']}.pt"))
    calibration = Frames(DATA, "calibration")
    network.eval()
    calibrate(network, calibration, size)
    folder = MODELS / member["name"]
    export(network, folder)
    exported = load(folder)
    threshold = figures(detect_all(exported, calibration, size)[-1], calibration, easy=True)["threshold"]
    card = card_of(member, exported, threshold)
    (folder / "card.json").write_text(json.dumps(card, indent=2, ensure_ascii=False) + "\n")
    print(json.dumps(card["accuracy"]), card["measured"])
    first = Frames(DATA, "usual").scaled(0, *size).copy()
    first.tofile(DATA / f"{member['name']}.rgb")
    with torch.no_grad():
        maps = exported(torch.from_numpy(first).permute(2, 0, 1)[None].float() / 255)
        outputs = [output.permute(0, 2, 3, 1).flatten() for output in maps]
    torch.cat(outputs).numpy().tofile(DATA / f"{member['name']}.f32")


if __name__ == "__main__":
    main()
