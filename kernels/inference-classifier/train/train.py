"""Trains the classifier and writes its weights. See README.md for how to run it, and evaluate.py for the rest."""

import argparse
import random
import time
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np

import corpus
import model
import snippets
import weights_file
from tokens import BOS, POSITIONS

SEED = 20
BATCH = 32
LIMITS = (48, 88, POSITIONS)  # a batch's longest row; few shapes, so few compilations
TRAIN_LINES = (4, 40)
PEAK_RATE, WARM_UP_STEPS = 1.5e-3, 60
SMOOTHING, WEIGHT_DECAY = 0.05, 0.02
WORD_DROPOUT = 0.08  # hashed words forgotten, so that no single identifier decides


def rate(step: int, steps: int) -> float:
    """Linear warm-up, then half a cosine to zero."""
    if step < WARM_UP_STEPS:
        return PEAK_RATE * (step + 1) / WARM_UP_STEPS
    return PEAK_RATE * 0.5 * (1 + np.cos(np.pi * (step - WARM_UP_STEPS) / (steps - WARM_UP_STEPS)))


def rows(token_lists: list[list[int]], width: int) -> tuple[np.ndarray, np.ndarray]:
    """Padded token rows and their real lengths."""
    ids = np.zeros((len(token_lists), width), np.int32)
    for row, tokens in zip(ids, token_lists):
        row[: len(tokens)] = tokens
    return ids, np.array([len(tokens) for tokens in token_lists], np.int32)


class Sampler:
    """Draws training snippets: a language, then one of its projects, then a file, then a range of its lines."""

    def __init__(self, files: list[snippets.File]) -> None:
        self.rng = random.Random(SEED)
        self.by_label: list[list[list[snippets.File]]] = []
        self.weights: list[list[float]] = []
        for label in corpus.LABELS:
            projects: dict[str, list[snippets.File]] = {}
            for file in files:
                if file.language == label:
                    projects.setdefault(file.project, []).append(file)
            self.by_label.append(list(projects.values()))
            # Between one vote per project and one vote per file.
            self.weights.append([len(of_project) ** 0.5 for of_project in projects.values()])

    def draw(self, limit: int) -> tuple[list[int], int]:
        label = self.rng.randrange(len(self.by_label))
        while True:
            file = self.rng.choice(self.rng.choices(self.by_label[label], self.weights[label])[0])
            first, last = snippets.crop(file, self.rng, *TRAIN_LINES)
            tokens = snippets.crop_tokens(file, first, last, limit)
            if len(tokens) >= 12 and snippets.is_fair(file, first, last):
                kept = [t for t in tokens[1:] if t < 16 or self.rng.random() >= WORD_DROPOUT]
                return [BOS, *kept], label

    def batch(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        limit = self.rng.choice(LIMITS)
        drawn = [self.draw(limit) for _ in range(BATCH)]
        ids, lengths = rows([tokens for tokens, _ in drawn], limit)
        return ids, lengths, np.array([label for _, label in drawn], np.int32)


def loss(parameters: dict, ids: jax.Array, lengths: jax.Array, labels: jax.Array, key: jax.Array) -> jax.Array:
    """Cross-entropy with label smoothing."""
    log_shares = jax.nn.log_softmax(model.logits(parameters, ids, lengths, key))
    own = jnp.take_along_axis(log_shares, labels[:, None], 1)[:, 0]
    return -((1 - SMOOTHING) * own + SMOOTHING * log_shares.mean(-1)).mean()


@jax.jit
def step(parameters: dict, first: dict, second: dict, number: jax.Array, learning_rate: jax.Array, key: jax.Array,
         ids: jax.Array, lengths: jax.Array, labels: jax.Array) -> tuple[dict, dict, dict, jax.Array]:
    """One AdamW step."""
    value, gradient = jax.value_and_grad(loss)(parameters, ids, lengths, labels, jax.random.fold_in(key, number))
    first = jax.tree.map(lambda m, g: 0.9 * m + 0.1 * g, first, gradient)
    second = jax.tree.map(lambda v, g: 0.98 * v + 0.02 * g * g, second, gradient)

    def moved(p: jax.Array, m: jax.Array, v: jax.Array) -> jax.Array:
        update = (m / (1 - 0.9**number)) / (jnp.sqrt(v / (1 - 0.98**number)) + 1e-8)
        return p - learning_rate * (update + (WEIGHT_DECAY * p if p.ndim > 1 else 0.0))

    return jax.tree.map(moved, parameters, first, second), first, second, value


_logits = jax.jit(lambda parameters, ids, lengths: model.logits(parameters, ids, lengths))


def predict(parameters: dict, token_lists: list[list[int]]) -> np.ndarray:
    """The logits of each token list."""
    parts = []
    for start in range(0, len(token_lists), BATCH):
        part = token_lists[start : start + BATCH]
        ids, lengths = rows(part + [[BOS]] * (BATCH - len(part)), POSITIONS)
        parts.append(np.asarray(_logits(parameters, ids, lengths))[: len(part)])
    return np.concatenate(parts)


def accuracy(parameters: dict, held_out: list[tuple[snippets.File, int, int]]) -> tuple[float, float]:
    """Micro and macro accuracy, as the dev side is followed by."""
    own = np.array([corpus.LABELS.index(file.language) for file, _, _ in held_out])
    right = predict(parameters, [snippets.crop_tokens(*item) for item in held_out]).argmax(-1) == own
    return float(right.mean()), float(np.mean([right[own == label].mean() for label in set(own)]))


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("corpus", type=Path, help="the folder that fetch.py filled")
    arguments.add_argument("--steps", type=int, default=1000)
    arguments.add_argument("--weights", type=Path, default=Path(__file__).parent.parent / "weights.bin")
    arguments = arguments.parse_args()

    projects = corpus.projects(arguments.corpus)
    files, training_lines = snippets.files_by_side(projects)
    dev = snippets.held_out(files["dev"], training_lines, SEED)
    sampler = Sampler(files["train"])

    parameters = model.initial(SEED)
    first = jax.tree.map(jnp.zeros_like, parameters)
    second, key, started = first, jax.random.PRNGKey(SEED), time.monotonic()
    for number in range(arguments.steps):
        parameters, first, second, value = step(
            parameters, first, second, float(number + 1), rate(number, arguments.steps), key, *sampler.batch())
        if (number + 1) % 200 == 0:
            micro, macro = accuracy(parameters, dev)
            print(f"step {number + 1}: loss {value:.3f}, dev micro {micro:.3f} macro {macro:.3f}, "
                  f"{time.monotonic() - started:.0f} s", flush=True)

    weights_file.write(arguments.weights, parameters)


if __name__ == "__main__":
    main()
