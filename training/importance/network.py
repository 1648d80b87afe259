"""One hidden layer of ReLUs and a sigmoid, trained with Adam in numpy."""
import base64

import numpy as np


def sigmoid(x):
    return 1 / (1 + np.exp(-np.clip(x, -30, 30)))


class Net:
    def __init__(self, features, units, rng):
        self.w = (rng.standard_normal((features, units)) * np.sqrt(2 / features)).astype(np.float32)
        self.b = np.zeros(units, np.float32)
        self.v = (rng.standard_normal(units) * np.sqrt(1 / units)).astype(np.float32)
        self.c = np.zeros(1, np.float32)

    def parameters(self):
        return [self.w, self.b, self.v, self.c]

    def logits(self, x):
        return np.maximum(x @ self.w + self.b, 0) @ self.v + self.c

    def gradients(self, x, y):
        """Of the mean cross entropy, and the loss itself."""
        hidden = np.maximum(x @ self.w + self.b, 0)
        p = sigmoid(hidden @ self.v + self.c)
        loss = -np.mean(np.where(y, np.log(p + 1e-7), np.log(1 - p + 1e-7)))
        d = ((p - y) / len(y)).astype(np.float32)
        dh = np.outer(d, self.v) * (hidden > 0)
        return [x.T @ dh, dh.sum(0), hidden.T @ d, d.sum(keepdims=True)], loss

    def quantised(self):
        """The net as its file holds it: signed bytes and a scale for each hidden unit."""
        scales = np.maximum(np.abs(self.w).max(0) / 127, 1e-9)
        codes = np.round(self.w / scales).astype(np.int8)
        rounded = Net.__new__(Net)
        rounded.scales = np.array([float(f"{s:.5g}") for s in scales], np.float32)
        rounded.codes = codes
        rounded.w = codes * rounded.scales
        rounded.b, rounded.v, rounded.c = (np.round(p, 5) for p in (self.b, self.v, self.c))
        return rounded

    def file(self):
        """Of a quantised net."""
        numbers = lambda values, digits: [float(f"{v:.{digits}g}") for v in values]
        return {
            "hidden": {
                "weights": base64.b64encode(self.codes.T.tobytes()).decode(),
                "scales": numbers(self.scales, 5),
                "biases": [round(float(b), 5) for b in self.b],
            },
            "output": {"weights": [round(float(v), 5) for v in self.v], "bias": round(float(self.c[0]), 5)},
        }


def train(x, y, units, epochs, rate=2e-3, batch=1024, decay=2e-3, seed=1, watch=None):
    """Adam whose rate falls along a cosine; the hidden layer's weights shrink by `decay` of it a step.

    x is [samples, features], y [samples] bool; watch is told of each epoch.
    """
    rng = np.random.default_rng(seed)
    net = Net(x.shape[1], units, rng)
    first = [np.zeros_like(p) for p in net.parameters()]
    second = [np.zeros_like(p) for p in net.parameters()]
    steps = epochs * (len(x) // batch)
    step = 0
    for epoch in range(epochs):
        order = rng.permutation(len(x))
        losses = []
        for start in range(0, len(x) - batch + 1, batch):
            at = order[start : start + batch]
            gradients, loss = net.gradients(x[at], y[at])
            losses.append(loss)
            step += 1
            now = rate * 0.5 * (1 + np.cos(np.pi * step / steps))
            for i, (p, g) in enumerate(zip(net.parameters(), gradients)):
                first[i] = 0.9 * first[i] + 0.1 * g
                second[i] = 0.999 * second[i] + 0.001 * g * g
                change = (first[i] / (1 - 0.9**step)) / (np.sqrt(second[i] / (1 - 0.999**step)) + 1e-8)
                if p.ndim == 2:
                    change = change + decay / rate * p
                p -= (now * change).astype(np.float32)
        if watch:
            watch(epoch, float(np.mean(losses)), net)
    return net


def calibrate(net, x, y, rounds=300):
    """Scales and shifts the logits so that a value is the share of such blocks that are positive."""
    logits = net.logits(x)
    a, b = 1.0, 0.0
    for _ in range(rounds):
        p = sigmoid(a * logits + b)
        w = p * (1 - p)
        g = np.array([np.sum((p - y) * logits), np.sum(p - y)])
        h = np.array([[np.sum(w * logits**2), np.sum(w * logits)], [np.sum(w * logits), np.sum(w)]])
        move = np.linalg.solve(h, g)
        a, b = a - move[0], b - move[1]
        if np.abs(move).max() < 1e-9:
            break
    net.v *= np.float32(a)
    net.c = (a * net.c + b).astype(np.float32)
    return a, b
