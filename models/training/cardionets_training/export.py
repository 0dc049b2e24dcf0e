"""Networks to ONNX graphs (docs/model-pack.md), each compared with PyTorch at two batch sizes.

Weights are stored as fp16 and widened by one Cast each, which ONNX Runtime folds at load: half the bytes, fp32
arithmetic. The comparison and the golden outputs use the rounded weights; what rounding does to the results is measured
apart (gates of e3).
"""

import copy
import io
from dataclasses import dataclass, field

import numpy as np
import onnx
import onnxruntime as ort
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import Tensor, nn

from .config import ENCODER_SAMPLES, FRAMES, SIZE, Profile
from .export_denoiser import build_denoiser
from .export_modules import AlignedGraph, CmrGraph, DecoderGraph, TaskGraph
from .networks.cmr import CmrEncoder, Projection
from .networks.diffusion import spacing
from .networks.ecg import EcgEncoder
from .networks.generator import MaskedGenerator, TokenDiffusion
from .networks.heads import TaskNetwork
from .networks.tokens import TokenSpace
from .networks.vae import CineAutoencoder
from .philox import normals

OPSET = 18
STORED_AS_HALF_FROM = 1024  # elements; smaller constants stay exact


@dataclass
class Networks:
    """Everything that a pack holds."""

    task: TaskNetwork
    aligned: EcgEncoder
    ecg_projection: Projection
    cmr: CmrEncoder
    cmr_projection: Projection
    vae: CineAutoencoder
    space: TokenSpace
    generator: MaskedGenerator
    diffusion: TokenDiffusion

    def modules(self) -> dict[str, nn.Module]:
        return self.__dict__


@dataclass
class Graph:
    name: str
    model: onnx.ModelProto
    inputs: dict[str, tuple[str, list]]
    outputs: dict[str, tuple[str, list]]
    portable: bool
    cases: list[dict] = field(default_factory=list)
    max_error: float = 0.0


def round_to_half(networks: Networks) -> Networks:
    """A copy whose large matrices hold only values that fp16 can hold."""
    rounded = copy.deepcopy(networks)
    for module in rounded.modules().values():
        for tensor in [*module.parameters(), *module.buffers()]:
            if tensor.is_floating_point() and tensor.ndim > 1 and tensor.numel() >= STORED_AS_HALF_FROM:
                tensor.data.copy_(tensor.data.half().float())
    return rounded


def store_as_half(model: onnx.ModelProto) -> None:
    """Replaces large float initialisers by fp16 ones and a Cast, where that loses nothing."""
    casts = []
    for tensor in list(model.graph.initializer):
        if tensor.data_type != TensorProto.FLOAT or np.prod(tensor.dims) < STORED_AS_HALF_FROM:
            continue
        value = numpy_helper.to_array(tensor)
        half = value.astype(np.float16)
        if not np.array_equal(half.astype(np.float32), value):
            continue
        name = tensor.name
        tensor.CopyFrom(numpy_helper.from_array(half, f"{name}_half"))
        casts.append(helper.make_node("Cast", [f"{name}_half"], [name], name=f"{name}_widen", to=TensorProto.FLOAT))
    nodes = casts + list(model.graph.node)
    del model.graph.node[:]
    model.graph.node.extend(nodes)


def session(model: onnx.ModelProto, threads: int = 2) -> ort.InferenceSession:
    options = ort.SessionOptions()
    options.intra_op_num_threads = threads
    return ort.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])


def _trace(module: nn.Module, example: dict[str, Tensor], inputs: dict, outputs: dict) -> onnx.ModelProto:
    axes = {
        name: {i: axis for i, axis in enumerate(shape) if isinstance(axis, str)}
        for name, (_, shape) in {**inputs, **outputs}.items()
    }
    stream = io.BytesIO()
    torch.onnx.export(
        module.eval(), tuple(example.values()), stream, input_names=list(inputs), output_names=list(outputs),
        dynamic_axes=axes, opset_version=OPSET, dynamo=False,
    )  # fmt: skip
    model = onnx.load_from_string(stream.getvalue())
    # The exporter leaves names for dimensions that it could not infer; the contract states all of them.
    for values, spec in ((model.graph.input, inputs), (model.graph.output, outputs)):
        for value in values:
            dims = value.type.tensor_type.shape.dim
            del dims[:]
            for axis in spec[value.name][1]:
                dims.add(**({"dim_param": axis} if isinstance(axis, str) else {"dim_value": axis}))
    model.producer_name, model.producer_version = "cardionets-training", ""
    del model.graph.value_info[:]
    for node in model.graph.node:
        node.doc_string = ""
    store_as_half(model)
    onnx.checker.check_model(model, full_check=True)
    return model


def _make_input(spec: dict) -> np.ndarray:
    """The tensor of a golden input: Philox normals, or the values themselves."""
    if "philox" in spec:
        p = spec["philox"]
        return normals(p["seed"], p["stream"], tuple(spec["shape"])) * np.float32(p["scale"])
    return np.array(spec["values"], dtype=spec["dtype"]).reshape(spec["shape"])


def _normal(shape: list[int], stream: int, scale: float = 1.0) -> dict:
    return {"dtype": "float32", "shape": shape, "philox": {"seed": 7, "stream": stream, "scale": scale}}


def _values(dtype: str, shape: list[int], values: list) -> dict:
    return {"dtype": dtype, "shape": shape, "values": values}


def _compare(graph: Graph, reference, inputs: dict[str, dict], tolerance: dict[str, float], limit: float) -> None:
    """Runs both sides on one case, refuses a disagreement, and keeps the case as golden."""
    feeds = {name: _make_input(spec) for name, spec in inputs.items()}
    actual = session(graph.model).run(list(graph.outputs), feeds)
    with torch.no_grad():
        expected = reference(*(torch.from_numpy(x) for x in feeds.values()))
    expected = expected if isinstance(expected, tuple) else (expected,)
    golden = {}
    for name, a, e in zip(graph.outputs, actual, expected):
        e = e.numpy()
        error = float(np.max(np.abs(a - e) / np.maximum(1, np.abs(e)))) if a.size else 0.0
        if a.shape != e.shape or not error <= limit:
            raise RuntimeError(f"{graph.name}.{name}: ONNX Runtime and PyTorch differ by {error:.2e} (shape {a.shape})")
        graph.max_error = max(graph.max_error, error)
        stride = max(1, e.size // 193)
        # A stride that shares no factor with the tensor's rows, so that all parts of it are sampled.
        stride += stride > 1 and stride % 2 == 0
        golden[name] = {"shape": list(e.shape), "stride": stride, "values": [float(x) for x in e.reshape(-1)[::stride]]}
    graph.cases.append({"inputs": inputs, "outputs": golden, "tolerance": tolerance})


def export_graphs(networks: Networks, profile: Profile, batches: tuple[int, int] = (1, 2)) -> list[Graph]:
    """All graphs of a pack, verified; raises RuntimeError where the two sides disagree."""
    n = round_to_half(networks)
    for module in n.modules().values():
        module.eval()
    d, dc, ds = profile.ecg.width, profile.cmr.width, profile.generator.width
    k, c = profile.generator.tokens, profile.generator.dimensions
    f, i = "float32", "int32"
    ecg = {"ecg": (f, ["B", 12, ENCODER_SAMPLES]), "amplitude": (f, ["B", 12])}
    patches = profile.ecg.patches
    grid = (profile.cmr.size // profile.cmr.patch) ** 2
    graphs = []

    def traced(name, module, inputs, outputs, cases, tolerance, limit=1e-4):
        example = {key: torch.from_numpy(_make_input(spec)) for key, spec in cases[1].items()}
        graph = Graph(name, _trace(module, example, inputs, outputs), inputs, outputs, portable=True)
        for case in cases:
            _compare(graph, module, case, tolerance, limit)
        graphs.append(graph)

    def ecg_case(b):
        return {"ecg": _normal([b, 12, ENCODER_SAMPLES], 100, 0.3), "amplitude": _normal([b, 12], 101, 0.3)}

    # Phenotypes reach a thousand units, so their absolute tolerance is wider.
    traced(
        "encoder-task", TaskGraph(n.task), ecg,
        {"feat": (f, ["B", d]), "pheno": (f, ["B", 82]), "dis": (f, ["B", 4]), "sub": (f, ["B", 3]), "distance": (f, ["B"])},
        [ecg_case(b) for b in batches], {"cpu": 2e-2, "gpu": 1e-1},
    )  # fmt: skip
    traced(
        "encoder-aligned", AlignedGraph(n.aligned, n.ecg_projection), ecg,
        {"feat": (f, ["B", d]), "tokens": (f, ["B", 12, patches, d]), "proj": (f, ["B", 256])},
        [ecg_case(b) for b in batches], {"cpu": 1e-3, "gpu": 1e-2},
    )  # fmt: skip

    def step_case(b, v, q):
        order = [(7 * j + 3 * row) % k for row in range(b) for j in range(v + q)]
        rows = [order[r * (v + q) : (r + 1) * (v + q)] for r in range(b)]
        return {
            "tok": _normal([b, k, c], 102),
            "ids_vis": _values(i, [b, v], [x for row in rows for x in row[:v]]),
            "ids_pred": _values(i, [b, q], [x for row in rows for x in row[v:]]),
            "feat": _normal([b, d], 103),
        }

    traced(
        "gen-step", n.generator,
        {"tok": (f, ["B", k, c]), "ids_vis": (i, ["B", "V"]), "ids_pred": (i, ["B", "Q"]), "feat": (f, ["B", d])},
        {"z": (f, ["B", "Q", ds])},
        [step_case(batches[0], 0, 1), step_case(batches[1], 16, 4)], {"cpu": 1e-3, "gpu": 1e-2},
    )  # fmt: skip

    def token_case(count, steps, noisy):
        noise = _normal([steps, count, c], 106) if noisy else _values(f, [1, count, c], [0.0] * (count * c))
        return {"z": _normal([count, ds], 104), "x_T": _normal([count, c], 105), "noise": noise,
                "tau": _values(f, [], [1.0 if noisy else 0.7])}  # fmt: skip

    for name, steps, stochastic, unrolled in (
        ("denoise-ddim25", 25, False, False),
        ("denoise-ddim25-portable", 25, False, True),
        ("denoise-ddpm100", 100, True, False),
    ):
        plan = spacing(steps)
        model = build_denoiser(n.diffusion, plan, stochastic=stochastic, unrolled=unrolled, opset=OPSET)
        store_as_half(model)
        onnx.checker.check_model(model, full_check=True)
        graph = Graph(
            name, model,
            {"z": (f, ["N", ds]), "x_T": (f, ["N", c]), "noise": (f, ["T", "N", c]), "tau": (f, [])},
            {"y": (f, ["N", c])}, portable=unrolled,
        )  # fmt: skip

        def reference(z, x, noise, tau, plan=plan, stochastic=stochastic):
            return n.diffusion.sample(z, x, plan, noise if stochastic else None, float(tau))

        for count in batches:
            _compare(graph, reference, token_case(count, steps, stochastic), {"cpu": 1e-3, "gpu": 1e-2}, 2e-4)
        graphs.append(graph)

    traced(
        "vae-decoder", DecoderGraph(n.space, n.vae), {"tok": (f, ["B", k, c])},
        {"cine": (f, ["B", FRAMES, SIZE, SIZE])},
        [{"tok": _normal([b, k, c], 107)} for b in batches], {"cpu": 1e-3, "gpu": 1e-2},
    )  # fmt: skip
    traced(
        "cmr-encoder", CmrGraph(n.cmr, n.cmr_projection), {"cine": (f, ["B", FRAMES, SIZE, SIZE])},
        {"feat": (f, ["B", dc]), "tokens": (f, ["B", grid, dc]), "tok_proj": (f, ["B", grid, 256]), "proj": (f, ["B", 256])},
        [{"cine": _normal([b, FRAMES, SIZE, SIZE], 108, 0.25)} for b in batches], {"cpu": 1e-3, "gpu": 1e-2},
    )  # fmt: skip
    return graphs
