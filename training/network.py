"""The graph of the Keras topology in PyTorch, and its way back into a tfjs layers model."""

import json
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F


class SameConvolution(nn.Module):
    """
    A convolution with "same" padding; while training, a relu is preceded by batch norm. Where the stride is 2,
    PyTorch pads before the picture and TensorFlow after it, so all of PyTorch's side sees the world turned by 180°.
    """

    def __init__(self, inputs: int, config: dict):
        super().__init__()
        (kernel, _), (stride, _) = config["kernel_size"], config["strides"]
        self.relu = config["activation"] == "relu"
        self.frozen = False
        self.conv = nn.Conv2d(inputs, config["filters"], kernel, stride, kernel // 2, bias=not self.relu)
        self.norm = nn.BatchNorm2d(config["filters"], momentum=0.05) if self.relu else None
        nn.init.kaiming_normal_(self.conv.weight, nonlinearity="relu" if self.relu else "linear")

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        if self.norm is None:
            x = self.conv(x)
        elif self.frozen:
            x = F.conv2d(x, *self.folded(), self.conv.stride, self.conv.padding)
        else:
            x = self.norm(self.conv(x))
        return F.relu(x) if self.relu else x

    def folded(self) -> tuple[torch.Tensor, torch.Tensor]:
        """Kernel and bias with the batch norm's running statistics folded in."""
        if self.norm is None:
            return self.conv.weight, self.conv.bias
        scale = self.norm.weight / torch.sqrt(self.norm.running_var + self.norm.eps)
        return self.conv.weight * scale[:, None, None, None], self.norm.bias - self.norm.running_mean * scale


class Network(nn.Module):
    """Every layer of the topology by its name, run in the order of the file."""

    def __init__(self, topology: dict):
        super().__init__()
        self.topology = topology
        self.layers = topology["config"]["layers"]
        self.convolutions = nn.ModuleDict()
        channels: dict[str, int] = {}
        for layer in self.layers:
            name, kind, config = layer["name"], layer["class_name"], layer["config"]
            sources = self.sources(layer)
            if kind == "InputLayer":
                channels[name] = config["batch_input_shape"][-1]
            elif kind == "Conv2D":
                self.convolutions[name] = SameConvolution(channels[sources[0]], config)
                channels[name] = config["filters"]
            else:
                channels[name] = channels[sources[0]]
        self.exits = [output[0] for output in topology["config"]["output_layers"]]
        for name in self.exits:
            # Almost every cell is background: begin by saying so.
            nn.init.constant_(self.convolutions[name].conv.bias[:4], -4.0)
            nn.init.normal_(self.convolutions[name].conv.weight, std=0.01)
        for name, convolution in self.convolutions.items():
            if "_" in name:
                # What a deeper net has more begins by changing little.
                convolution.conv.weight.data *= 0.3

    @staticmethod
    def sources(layer: dict) -> list[str]:
        return [node[0] for node in layer["inbound_nodes"][0]] if layer["inbound_nodes"] else []

    def forward(self, image: torch.Tensor) -> list[torch.Tensor]:
        """Every exit's output, first to last."""
        values: dict[str, torch.Tensor] = {}
        for layer in self.layers:
            name, kind = layer["name"], layer["class_name"]
            inputs = [values[source] for source in self.sources(layer)]
            if kind == "InputLayer":
                values[name] = image.flip(2, 3)
            elif kind == "Conv2D":
                values[name] = self.convolutions[name](inputs[0])
            elif kind == "UpSampling2D":
                values[name] = F.interpolate(inputs[0], scale_factor=2, mode="nearest")
            elif kind == "Add":
                values[name] = sum(inputs)
            else:
                raise ValueError(f"The trainer knows no layer of kind {kind}. Teach it in network.py.")
        return [values[name].flip(2, 3) for name in self.exits]

    def multiply_adds(self, width: int, height: int) -> list[int]:
        """Of a pass up to each exit."""
        spent: dict[str, int] = {}
        sizes: dict[str, tuple[int, int]] = {}
        needs: dict[str, set[str]] = {}
        for layer in self.layers:
            name, sources = layer["name"], self.sources(layer)
            rows, columns = sizes[sources[0]] if sources else (height, width)
            if layer["class_name"] == "Conv2D":
                conv = self.convolutions[name].conv
                rows, columns = -(-rows // conv.stride[0]), -(-columns // conv.stride[0])
                spent[name] = rows * columns * conv.weight.numel()
            elif layer["class_name"] == "UpSampling2D":
                rows, columns = 2 * rows, 2 * columns
            sizes[name] = rows, columns
            needs[name] = {name}.union(*(needs[source] for source in sources))
        return [sum(spent.get(name, 0) for name in needs[each]) for each in self.exits]

    def parameters_count(self) -> int:
        """As exported."""
        return sum(kernel.numel() + bias.numel() for kernel, bias in (c.folded() for c in self.convolutions.values()))

    def adopt(self, state: dict[str, torch.Tensor]) -> None:
        """Starts from another member's weights: the rounds that both have, of a wider one the first channels."""
        for key, ours in self.state_dict().items():
            if key in state:
                part = tuple(slice(0, min(a, b)) for a, b in zip(ours.shape, state[key].shape))
                ours[part] = state[key][part]

    def freeze_norms(self) -> None:
        """From here on the statistics stay as they are, and cost nothing: they are folded into the kernels."""
        for convolution in self.convolutions.values():
            convolution.frozen = True

    def without_norms(self) -> "Network":
        """The network as exported: norms folded, weights rounded to half precision."""
        twin = Network(self.topology)
        for name, convolution in self.convolutions.items():
            kernel, bias = (t.detach().half().float() for t in convolution.folded())
            other = twin.convolutions[name]
            other.norm = None
            other.conv.weight = nn.Parameter(kernel.clone())
            other.conv.bias = nn.Parameter(bias.clone())
        return twin.eval()


def export(network: Network, folder: Path) -> None:
    """Writes model.json and one shard of half-precision weights, in the layout of tf.loadLayersModel."""
    folder.mkdir(parents=True, exist_ok=True)
    manifest, shard = [], b""
    for name, convolution in network.without_norms().convolutions.items():
        kernel = convolution.conv.weight.detach().flip(2, 3).permute(2, 3, 1, 0).contiguous().numpy()
        bias = convolution.conv.bias.detach().numpy()
        for part, values in (("kernel", kernel), ("bias", bias)):
            quantization = {"dtype": "float16", "original_dtype": "float32"}
            entry = {"name": f"{name}/{part}", "shape": list(values.shape), "dtype": "float32"}
            manifest.append({**entry, "quantization": quantization})
            shard += values.astype(np.float16).tobytes()
    (folder / "weights.bin").write_bytes(shard)
    model = {
        "format": "layers-model",
        "generatedBy": "training/train.py",
        "convertedBy": None,
        "modelTopology": network.topology,
        "weightsManifest": [{"paths": ["weights.bin"], "weights": manifest}],
    }
    (folder / "model.json").write_text(json.dumps(model) + "\n")


def load(folder: Path) -> Network:
    """The exported network back in PyTorch."""
    model = json.loads((folder / "model.json").read_text())
    network = Network(model["modelTopology"]).without_norms()
    shard, at = (folder / "weights.bin").read_bytes(), 0
    for entry in model["weightsManifest"][0]["weights"]:
        layer, part = entry["name"].split("/")
        count = int(np.prod(entry["shape"]))
        values = np.frombuffer(shard, np.float16, count, at).astype(np.float32).reshape(entry["shape"])
        at += 2 * count
        convolution = network.convolutions[layer].conv
        if part == "kernel":
            convolution.weight = nn.Parameter(torch.from_numpy(values).permute(3, 2, 0, 1).flip(2, 3).contiguous())
        else:
            convolution.bias = nn.Parameter(torch.from_numpy(values))
    return network.eval()
