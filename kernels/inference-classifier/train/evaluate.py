"""Measures the committed weights on the test side, and writes the files that the tests and readers use.

labels.json, projects.json (what was trained and tested on), held-out.json, references.json, and NOTICE.
"""

import argparse
import json
import random
from collections import Counter
from pathlib import Path

import numpy as np

import corpus
import snippets
import train
import weights_file
from tokens import tokens

COMMITTED_PER_LANGUAGE = 40
FOLDER = Path(__file__).parent.parent
# Texts at the edges of the tokeniser; their logits are references too.
EDGES = ["", "\n\n", "x", "\t\tcafé → 12_345;\r\n", "a" * 200, "=>" * 300, "fn main() {}\n" * 3]


def table(own: np.ndarray, guessed: np.ndarray, held_out: list[tuple[snippets.File, int, int]]) -> str:
    """Accuracy per language as a Markdown table."""
    rows = ["| language | snippets | projects | right | most often taken for |", "|---|---:|---:|---:|---|"]
    for index, label in enumerate(corpus.LABELS):
        mine = own == index
        projects = {item[0].project for item, is_mine in zip(held_out, mine) if is_mine}
        wrong = Counter(corpus.LABELS[guess] for guess in guessed[mine & (guessed != own)]).most_common(1)
        worst = f"{wrong[0][0]} ({wrong[0][1]})" if wrong else ""
        rows.append(f"| {label} | {mine.sum()} | {len(projects)} | {(guessed[mine] == index).mean():.1%} | {worst} |")
    return "\n".join(rows)


def write_projects(projects: list[corpus.Project], files: dict[str, list[snippets.File]]) -> dict[str, dict[str, str]]:
    """Lists every project that had a part, with its packages and their licences."""
    licences = {project.name: project.packages for project in projects}
    listed = []
    for side in snippets.SIDES:
        counts: dict[str, Counter] = {}
        for file in files[side]:
            counts.setdefault(file.project, Counter())[file.language] += 1
        for name in sorted(counts):
            listed.append({"project": name, "side": side, "packages": licences[name], "files": counts[name]})
    lines = ",\n".join(json.dumps(project, sort_keys=True) for project in listed)
    (FOLDER / "projects.json").write_text(f"[\n{lines}\n]\n")
    return licences


def write_held_out(held_out: list[tuple[snippets.File, int, int]], licences: dict[str, dict[str, str]]) -> set[str]:
    """Commits a part of the test side, drawn without a look at the answers; says which projects it quotes."""
    rng = random.Random(train.SEED)
    chosen = []
    for label in corpus.LABELS:
        of_label = [item for item in held_out if item[0].language == label]
        chosen += rng.sample(of_label, min(COMMITTED_PER_LANGUAGE, len(of_label)))
    lines = [json.dumps({
        "language": file.language, "project": file.project, "path": file.path,
        "licence": " AND ".join(sorted(set(licences[file.project].values()))), "text": file.snippet(first, last),
    }, ensure_ascii=False) for file, first, last in chosen]
    (FOLDER / "held-out.json").write_text("[\n" + ",\n".join(lines) + "\n]\n")
    return {file.project for file, _, _ in chosen}


def write_references(parameters: dict, held_out: list[tuple[snippets.File, int, int]]) -> set[str]:
    """Tokens and logits of a handful of texts, for the parity tests of both contenders; says whom it quotes."""
    quoted = [next(item for item in held_out if item[0].language == label) for label in corpus.LABELS]
    texts = EDGES + [file.snippet(*lines) for file, *lines in quoted]
    ids = [tokens(text) for text in texts]
    logits = train.predict(parameters, ids)
    lines = [json.dumps({"text": text, "tokens": own, "logits": [round(float(logit), 6) for logit in row]},
                        ensure_ascii=False) for text, own, row in zip(texts, ids, logits)]
    (FOLDER / "references.json").write_text("[\n" + ",\n".join(lines) + "\n]\n")
    return {file.project for file, *_ in quoted}


def write_notice(quoted: set[str], licences: dict[str, dict[str, str]]) -> None:
    """Names the projects that the committed files quote."""
    notice = ["held-out.json and references.json quote short snippets (8 to 20 lines) of the packages below, under the",
              "licences that the packages state. They are test data; nothing of them is compiled or run.", ""]
    for name in sorted(quoted):
        notice += [f"{name}: " + "; ".join(f"{title} ({licence})" for title, licence in licences[name].items())]
    (FOLDER / "NOTICE").write_text("\n".join(notice) + "\n")


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("corpus", type=Path, help="the folder that fetch.py filled")
    projects = corpus.projects(arguments.parse_args().corpus)
    files, training_lines = snippets.files_by_side(projects)
    held_out = snippets.held_out(files["test"], training_lines, train.SEED)
    parameters = weights_file.read(FOLDER / "weights.bin")

    own = np.array([corpus.LABELS.index(file.language) for file, _, _ in held_out])
    guessed = train.predict(parameters, [snippets.crop_tokens(*item) for item in held_out]).argmax(-1)
    right = guessed == own
    macro = np.mean([right[own == label].mean() for label in range(len(corpus.LABELS))])
    print(f"{len(own)} snippets, micro {right.mean():.1%}, macro {macro:.1%}")
    print(table(own, guessed, held_out))

    (FOLDER / "labels.json").write_text(json.dumps(corpus.LABELS) + "\n")
    licences = write_projects(projects, files)
    quoted = write_held_out(held_out, licences) | write_references(parameters, held_out)
    write_notice(quoted, licences)


if __name__ == "__main__":
    main()
