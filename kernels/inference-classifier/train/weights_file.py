"""The weights file: magic, version, shape, labels, then every tensor in half precision. See ../src/weights.rs."""

import struct
from pathlib import Path

import numpy as np

import model
from corpus import LABELS
from tokens import POSITIONS, VOCABULARY

MAGIC = b"LNGCLASS"
VERSION = 1


def write(path: Path, parameters: dict) -> None:
    """Writes the parameters; numbers are little-endian."""
    labels = "\n".join(LABELS).encode()
    labels += b"\n" * (-len(labels) % 4)
    shape = (VERSION, VOCABULARY, POSITIONS, model.WIDTH, model.LAYERS, model.HEADS, model.HIDDEN, len(LABELS))
    tensors = b"".join(np.asarray(tensor).astype("<f2").tobytes() for tensor in model.in_order(parameters))
    path.write_bytes(MAGIC + struct.pack("<9I", *shape, len(labels)) + labels + tensors)


def read(path: Path) -> dict:
    """The parameters of a file that `write` wrote with this very shape."""
    data = path.read_bytes()
    (length,) = struct.unpack_from("<I", data, 40)
    numbers = np.frombuffer(data, "<f2", offset=44 + length).astype(np.float32)
    position = 0

    def group(tensors: dict) -> dict:
        nonlocal position
        taken = {}
        for name, shape in tensors.items():
            size = int(np.prod(shape))
            taken[name] = numbers[position : position + size].reshape(shape)
            position += size
        return taken

    parameters = group(model.HEAD_TENSORS)
    parameters["layers"] = [group(model.LAYER_TENSORS) for _ in range(model.LAYERS)]
    parameters |= group(model.TAIL_TENSORS)
    if position != len(numbers):
        raise ValueError(f"{path} has another shape than model.py")
    return parameters
