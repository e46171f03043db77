"""Writes the encoder as an ONNX graph without numbers: every tensor is a place in the weights file.

The graph belongs to the shape in the header of the weights file, and holds for any numbers that follow it.
"""

import argparse
import struct
from pathlib import Path

import onnx
from onnx import TensorProto, helper

OPSET = 20  # the first that has Gelu
EPSILON = 1e-5
HEADER_BYTES = 44
# The name by which the contender hands the weights file over.
LOCATION = "weights.bin"


class Graph:
    """Nodes in order, and initialisers in the order of the weights file."""

    def __init__(self, offset: int) -> None:
        self.offset = offset
        self.nodes: list[onnx.NodeProto] = []
        self.initialisers: list[onnx.TensorProto] = []

    def tensor(self, name: str, *shape: int) -> str:
        """The next tensor of the weights file: half precision there, a float here. The runtime converts it once."""
        half = TensorProto(name=f"{name}.half", data_type=TensorProto.FLOAT16, dims=shape)
        half.data_location = TensorProto.EXTERNAL
        length = 2
        for size in shape:
            length *= size
        for key, value in {"location": LOCATION, "offset": self.offset, "length": length}.items():
            half.external_data.add(key=key, value=str(value))
        self.offset += length
        self.initialisers.append(half)
        return self.node("Cast", [half.name], name, to=TensorProto.FLOAT)

    def constant(self, name: str, kind: int, shape: list[int], values: list) -> str:
        """A few numbers that stand in the graph itself."""
        self.initialisers.append(helper.make_tensor(name, kind, shape, values))
        return name

    def node(self, operation: str, inputs: list[str], output: str, **attributes: object) -> str:
        """One operation with one output."""
        self.nodes.append(helper.make_node(operation, inputs, [output], **attributes))
        return output

    def linear(self, x: str, name: str, weight: str, bias: str) -> str:
        """x · weight + bias."""
        return self.node("Gemm", [x, weight, bias], name)

    def norm(self, x: str, name: str, gain: str, bias: str) -> str:
        """The layer norm of each row."""
        return self.node("LayerNormalization", [x, gain, bias], name, axis=-1, epsilon=EPSILON)


def build(vocabulary: int, positions: int, width: int, layers: int, heads: int, hidden: int, labels: int, offset: int) -> onnx.ModelProto:
    """The graph from token ids to probabilities, for any number of tokens up to `positions`."""
    graph = Graph(offset)
    integers = TensorProto.INT64
    zero, one = graph.constant("zero", integers, [1], [0]), graph.constant("one", integers, [1], [1])
    by_head = graph.constant("by_head", integers, [3], [0, heads, width // heads])
    side_by_side = graph.constant("side_by_side", integers, [2], [0, width])
    scale = graph.constant("scale", TensorProto.FLOAT, [], [(width // heads) ** -0.5])

    embedding, position = graph.tensor("embedding", vocabulary, width), graph.tensor("position", positions, width)
    count = graph.node("Shape", ["ids"], "count")
    embedded = graph.node("Gather", [embedding, "ids"], "embedded", axis=0)
    placed = graph.node("Slice", [position, zero, count, zero, one], "placed")
    x = graph.node("Add", [embedded, placed], "x")
    for layer in range(layers):
        def own(name: str, layer: int = layer) -> str:
            return f"{layer}.{name}"

        norm1 = graph.tensor(own("norm1_gain"), width), graph.tensor(own("norm1_bias"), width)
        qkv = graph.tensor(own("qkv_weight"), width, 3 * width), graph.tensor(own("qkv_bias"), 3 * width)
        out = graph.tensor(own("out_weight"), width, width), graph.tensor(own("out_bias"), width)
        norm2 = graph.tensor(own("norm2_gain"), width), graph.tensor(own("norm2_bias"), width)
        up = graph.tensor(own("up_weight"), width, hidden), graph.tensor(own("up_bias"), hidden)
        down = graph.tensor(own("down_weight"), hidden, width), graph.tensor(own("down_bias"), width)

        projected = graph.linear(graph.norm(x, own("normed1"), *norm1), own("qkv"), *qkv)
        parts = [own(part) for part in "qkv"]
        graph.nodes.append(helper.make_node("Split", [projected], parts, axis=-1, num_outputs=3))
        parts = [graph.node("Reshape", [part, by_head], f"{part}.heads") for part in parts]
        orders = [1, 0, 2], [1, 2, 0], [1, 0, 2]
        q, k, v = (graph.node("Transpose", [part], f"{part}.turned", perm=order) for part, order in zip(parts, orders))
        scores = graph.node("Mul", [graph.node("MatMul", [q, k], own("products")), scale], own("scores"))
        shares = graph.node("Softmax", [scores], own("shares"), axis=-1)
        mixed = graph.node("Transpose", [graph.node("MatMul", [shares, v], own("mixed"))], own("turned"), perm=[1, 0, 2])
        mixed = graph.node("Reshape", [mixed, side_by_side], own("joined"))
        x = graph.node("Add", [x, graph.linear(mixed, own("out"), *out)], own("attended"))

        inner = graph.node("Gelu", [graph.linear(graph.norm(x, own("normed2"), *norm2), own("up"), *up)], own("inner"))
        x = graph.node("Add", [x, graph.linear(inner, own("down"), *down)], own("x"))

    norm = graph.tensor("norm_gain", width), graph.tensor("norm_bias", width)
    label = graph.tensor("label_weight", width, labels), graph.tensor("label_bias", labels)
    mean = graph.node("ReduceMean", [graph.norm(x, "normed", *norm), zero], "mean", keepdims=1)
    shares = graph.node("Softmax", [graph.linear(mean, "logits", *label)], "shares", axis=-1)
    graph.node("Squeeze", [shares, zero], "probabilities")
    ids = helper.make_tensor_value_info("ids", TensorProto.INT32, ["tokens"])
    probabilities = helper.make_tensor_value_info("probabilities", TensorProto.FLOAT, [labels])
    made = helper.make_graph(graph.nodes, "encoder", [ids], [probabilities], graph.initialisers)
    return helper.make_model(made, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=9)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("weights", type=Path, help="a weights file of the wanted shape")
    arguments.add_argument("graph", type=Path, help="the graph to write")
    paths = arguments.parse_args()
    with paths.weights.open("rb") as file:
        _, *shape, label_bytes = struct.unpack("<9I", file.read(HEADER_BYTES)[8:])
    model = build(*shape, offset=HEADER_BYTES + label_bytes)
    paths.graph.write_bytes(model.SerializeToString(deterministic=True))


if __name__ == "__main__":
    main()
