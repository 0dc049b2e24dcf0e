"""The diffusion loop of one token as an ONNX graph, written node by node.

An in-graph `Loop` loads 17 times faster than 100 unrolled steps and runs as fast; GPU providers have no `Loop`, so the
25-step sampler also exists unrolled ("portable"). The part of the modulation that depends on the step is a constant
table, the part that depends on the token is computed once.
"""

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

from .networks.diffusion import Spacing
from .networks.generator import CLAMP, TokenDiffusion


class _Graph:
    """Collects nodes and initialisers; every method returns the name of its result."""

    def __init__(self, prefix: str = "", parent: "_Graph | None" = None):
        self.nodes: list[onnx.NodeProto] = []
        self.constants = parent.constants if parent else {}
        self.prefix, self.count = prefix, 0

    def constant(self, name: str, value) -> str:
        self.constants.setdefault(name, np.array(value, order="C"))
        return name

    def op(self, kind: str, *inputs: str, outputs: int = 1, **attributes) -> str | list[str]:
        names = [f"{self.prefix}{kind.lower()}_{self.count}_{i}" for i in range(outputs)]
        self.count += 1
        self.nodes.append(helper.make_node(kind, list(inputs), names, name=f"{self.prefix}{kind}_{self.count}", **attributes))
        return names[0] if outputs == 1 else names

    def linear(self, x: str, name: str, layer: torch.nn.Linear) -> str:
        weight = self.constant(f"{name}.weight", layer.weight.detach().numpy().T)
        return self.op("Add", self.op("MatMul", x, weight), self.constant(f"{name}.bias", layer.bias.detach().numpy()))

    def silu(self, x: str) -> str:
        return self.op("Mul", x, self.op("Sigmoid", x))


def _predict(g: _Graph, net: TokenDiffusion, x: str, time_row: str, token_rows: str) -> str:
    """TokenDiffusion.predict: v of noisy residuals."""
    blocks, w = net.sizes.mlp_blocks, net.sizes.mlp_width
    one = g.constant("one", np.float32(1))
    ones = g.constant("layer_norm_scale", np.ones(w, np.float32))
    sizes = g.constant("modulation_sizes", np.full(3 * blocks + 2, w, np.int64))
    m = g.op("Split", g.op("Add", token_rows, time_row), sizes, outputs=3 * blocks + 2, axis=-1)
    h = g.linear(x, "enter", net.enter)

    def modulate(h: str, shift: str, scale: str) -> str:
        normed = g.op("LayerNormalization", h, ones, axis=-1, epsilon=1e-5)
        return g.op("Add", g.op("Mul", normed, g.op("Add", scale, one)), shift)

    for i, hidden in enumerate(net.hidden):
        shift, scale, gate = m[3 * i : 3 * i + 3]
        y = g.silu(g.linear(modulate(h, shift, scale), f"hidden{i}.0", hidden[0]))
        h = g.op("Add", h, g.op("Mul", gate, g.linear(y, f"hidden{i}.2", hidden[2])))
    return g.linear(modulate(h, m[-2], m[-1]), "leave", net.leave)


def _coefficients(plan: Spacing, stochastic: bool) -> np.ndarray:
    """Rows (signal, noise level, keep x_0, keep x, keep noise) of each step, float32 [T, 5]."""
    a, b = plan.alpha_bar, plan.alpha_bar_next
    if stochastic:
        keep_x0 = np.sqrt(b) * (1 - plan.alpha) / (1 - a)
        keep_x = np.sqrt(plan.alpha) * (1 - b) / (1 - a)
        keep_noise = np.sqrt(plan.posterior_variance)
    else:
        keep_x = np.sqrt((1 - b) / (1 - a))
        keep_x0, keep_noise = np.sqrt(b) - keep_x * np.sqrt(a), np.zeros_like(a)
    return np.stack([np.sqrt(a), np.sqrt(1 - a), keep_x0, keep_x, keep_noise], axis=1).astype(np.float32)


def _step(g: _Graph, net: TokenDiffusion, x: str, token_rows: str, index: str, stochastic: bool) -> str:
    time_row = g.op("Gather", "time_table", index, axis=0)
    signal, level, keep_x0, keep_x, keep_noise = (
        g.op("Gather", f"coefficient{i}", index, axis=0) for i in range(5)
    )
    v = _predict(g, net, x, time_row, token_rows)
    x0 = g.op("Sub", g.op("Mul", signal, x), g.op("Mul", level, v))
    x0 = g.op("Clip", x0, g.constant("low", np.float32(-CLAMP)), g.constant("high", np.float32(CLAMP)))
    x = g.op("Add", g.op("Mul", keep_x0, x0), g.op("Mul", keep_x, x))
    if stochastic:
        drawn = g.op("Mul", g.op("Mul", keep_noise, "tau"), g.op("Gather", "noise", index, axis=0))
        x = g.op("Add", x, drawn)
    return x


def build_denoiser(net: TokenDiffusion, plan: Spacing, *, stochastic: bool, unrolled: bool, opset: int) -> onnx.ModelProto:
    """z (N, d), x_T (N, C), noise (T, N, C), tau () -> y (N, C)."""
    c, d = net.sizes.dimensions, net.sizes.width
    steps = len(plan.times)
    g = _Graph()
    with torch.no_grad():
        g.constant("time_table", net.time_table(torch.from_numpy(plan.times)).numpy())
    for i, column in enumerate(_coefficients(plan, stochastic).T):
        g.constant(f"coefficient{i}", column)

    mean = g.linear("z", "mean", net.mean)
    clamped = g.op("Clip", g.linear("z", "log_sigma", net.log_sigma),
                   g.constant("sigma_low", np.float32(-4)), g.constant("sigma_high", np.float32(2)))  # fmt: skip
    sigma = g.op("Exp", clamped)
    token_rows = g.linear(g.silu(g.linear("z", "from_condition", net.from_condition)), "token_modulation", net.token_modulation)
    x = g.op("Mul", "x_T", "tau")
    if unrolled:
        for i in range(steps):
            x = _step(g, net, x, token_rows, g.constant(f"step{i}", np.int32(i)), stochastic)
    else:
        body = _Graph("body_", parent=g)
        following = _step(body, net, "x_in", token_rows, "index", stochastic)
        going = body.op("Identity", "going_in")
        loop = helper.make_graph(
            body.nodes, "step",
            [helper.make_tensor_value_info("index", TensorProto.INT64, []),
             helper.make_tensor_value_info("going_in", TensorProto.BOOL, []),
             helper.make_tensor_value_info("x_in", TensorProto.FLOAT, ["N", c])],
            [helper.make_tensor_value_info(going, TensorProto.BOOL, []),
             helper.make_tensor_value_info(following, TensorProto.FLOAT, ["N", c])],
        )  # fmt: skip
        trips, start = g.constant("trips", np.int64(steps)), g.constant("start", np.bool_(True))
        x = g.op("Loop", trips, start, x, body=loop)
    scaled = g.op("Mul", sigma, x)
    g.nodes.append(helper.make_node("Add", [mean, scaled], ["y"], name="result"))

    def info(name: str, shape: list):
        return helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)

    graph = helper.make_graph(
        g.nodes, "denoise",
        [info("z", ["N", d]), info("x_T", ["N", c]), info("noise", ["T", "N", c]), info("tau", [])],
        [info("y", ["N", c])],
        [numpy_helper.from_array(value, name) for name, value in g.constants.items()],
    )  # fmt: skip
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", opset)], producer_name="cardionets-training")
    model.ir_version = 9
    onnx.checker.check_model(model, full_check=True)
    return model
