"""The encoder in JAX: pre-norm transformer layers, the mean over the real tokens, one linear layer."""

import jax
import jax.numpy as jnp
import numpy as np

from corpus import LABELS
from tokens import POSITIONS, VOCABULARY

WIDTH, LAYERS, HEADS, HIDDEN = 128, 2, 4, 512
EPSILON = 1e-5

# Every tensor of the weights file, in its order; a layer's tensors repeat LAYERS times.
HEAD_TENSORS = {"embedding": (VOCABULARY, WIDTH), "position": (POSITIONS, WIDTH)}
LAYER_TENSORS = {
    "norm1_gain": (WIDTH,), "norm1_bias": (WIDTH,),
    "qkv_weight": (WIDTH, 3 * WIDTH), "qkv_bias": (3 * WIDTH,),
    "out_weight": (WIDTH, WIDTH), "out_bias": (WIDTH,),
    "norm2_gain": (WIDTH,), "norm2_bias": (WIDTH,),
    "up_weight": (WIDTH, HIDDEN), "up_bias": (HIDDEN,),
    "down_weight": (HIDDEN, WIDTH), "down_bias": (WIDTH,),
}
TAIL_TENSORS = {
    "norm_gain": (WIDTH,), "norm_bias": (WIDTH,),
    "label_weight": (WIDTH, len(LABELS)), "label_bias": (len(LABELS),),
}


def initial(seed: int) -> dict:
    """Seeded initial parameters."""
    rng = np.random.default_rng(seed)

    def tensor(name: str, shape: tuple[int, ...]) -> jax.Array:
        if name.endswith("gain"):
            return jnp.ones(shape, jnp.float32)
        if name.endswith("bias"):
            return jnp.zeros(shape, jnp.float32)
        deviation = 0.05 if name in HEAD_TENSORS else shape[0] ** -0.5
        return jnp.asarray(rng.standard_normal(shape) * deviation, jnp.float32)

    def group(tensors: dict) -> dict:
        return {name: tensor(name, shape) for name, shape in tensors.items()}

    return {
        **group(HEAD_TENSORS),
        "layers": [group(LAYER_TENSORS) for _ in range(LAYERS)],
        **group(TAIL_TENSORS),
    }


def in_order(parameters: dict) -> list:
    """The parameters in the order of the weights file."""
    layers = [layer[name] for layer in parameters["layers"] for name in LAYER_TENSORS]
    return [parameters[name] for name in HEAD_TENSORS] + layers + [parameters[name] for name in TAIL_TENSORS]


def _norm(x: jax.Array, gain: jax.Array, bias: jax.Array) -> jax.Array:
    centred = x - x.mean(-1, keepdims=True)
    return centred * jax.lax.rsqrt((centred**2).mean(-1, keepdims=True) + EPSILON) * gain + bias


def _dropout(x: jax.Array, key: jax.Array | None, rate: float) -> jax.Array:
    if key is None:
        return x
    return jnp.where(jax.random.bernoulli(key, 1 - rate, x.shape), x / (1 - rate), 0.0)


def logits(parameters: dict, ids: jax.Array, lengths: jax.Array, key: jax.Array | None = None) -> jax.Array:
    """Logits of a batch of token rows, of which row i has `lengths[i]` real tokens. A key turns dropout on."""
    rows, width = ids.shape
    real = jnp.arange(width)[None, :] < lengths[:, None]
    keys = iter(jax.random.split(key, 2 + 2 * LAYERS)) if key is not None else iter([None] * (2 + 2 * LAYERS))
    x = _dropout(parameters["embedding"][ids] + parameters["position"][:width], next(keys), 0.15)

    def heads(part: jax.Array) -> jax.Array:
        return part.reshape(rows, width, HEADS, WIDTH // HEADS).transpose(0, 2, 1, 3)

    for layer in parameters["layers"]:
        normed = _norm(x, layer["norm1_gain"], layer["norm1_bias"])
        q, k, v = map(heads, jnp.split(normed @ layer["qkv_weight"] + layer["qkv_bias"], 3, -1))
        scores = q @ k.transpose(0, 1, 3, 2) * (WIDTH // HEADS) ** -0.5
        shares = jax.nn.softmax(jnp.where(real[:, None, None, :], scores, -1e30), -1)
        mixed = (shares @ v).transpose(0, 2, 1, 3).reshape(rows, width, WIDTH)
        x = x + _dropout(mixed @ layer["out_weight"] + layer["out_bias"], next(keys), 0.1)
        normed = _norm(x, layer["norm2_gain"], layer["norm2_bias"])
        hidden = jax.nn.gelu(normed @ layer["up_weight"] + layer["up_bias"], approximate=False)
        x = x + _dropout(hidden @ layer["down_weight"] + layer["down_bias"], next(keys), 0.1)

    x = _norm(x, parameters["norm_gain"], parameters["norm_bias"])
    mean = jnp.where(real[:, :, None], x, 0.0).sum(1) / lengths[:, None]
    return _dropout(mean, next(keys), 0.1) @ parameters["label_weight"] + parameters["label_bias"]
