"""From projects to snippets: the split by project, the removal of copies, and what a snippet is."""

import random
import re
from dataclasses import dataclass

from corpus import LABELS, Project, digest
from tokens import BOS, POSITIONS, line_tokens

SIDES = ("train", "dev", "test")
TEST_SHARE, DEV_SHARE = 0.25, 0.08
FILES_PER_PROJECT = {"train": 80, "dev": 10, "test": 20}  # of one language, so that no project speaks for it
TEST_SNIPPETS_PER_LANGUAGE = 300
TEST_LINES = (8, 20)
FEWEST_TOKENS = 24
COPIED_SHARE = 0.5  # a test file or snippet with more of its lines on the training side is taken for a copy
_COUNTED_LINE_BYTES = 12
# How a line that is only comment starts, where that is plain to see.
_SLASHES = (b"//", b"/*", b"*")
_COMMENT_MARKS = {
    "c-cpp": _SLASHES, "css": _SLASHES, "js-ts": _SLASHES, "rust": (b"//", b"/*", b"* "),
    "python": (b"#",), "shell": (b"#",), "toml": (b"#",), "yaml": (b"#",),
}


@dataclass
class File:
    """One source file: where it comes from, and its lines with their tokens."""

    project: str
    path: str
    language: str
    lines: list[bytes]
    tokens: list[list[int]]

    def snippet(self, first: int, last: int) -> str:
        return b"\n".join(self.lines[first:last]).decode()


def split(projects: list[Project]) -> dict[str, str]:
    """The side of every project. The rarest language chooses first, so that every language has test projects."""
    side: dict[str, str] = {}
    ordered = sorted(projects, key=lambda project: digest(project.name))
    having = {label: [project.name for project in ordered if project.files.get(label)] for label in LABELS}
    for label in sorted(LABELS, key=lambda label: len(having[label])):
        names = having[label]
        wanted = {"test": TEST_SHARE * len(names), "dev": DEV_SHARE * len(names)}
        for name in names:
            if name in side:
                continue
            counts = {which: sum(side.get(other) == which for other in names) for which in SIDES}
            short = [which for which in ("test", "dev") if counts[which] < wanted[which]]
            # One project in two, so that the training side fills up at the same time.
            side[name] = short[0] if short and digest(name + label) % 2 else "train"
    return side


def _normalised(content: bytes) -> bytes:
    return b"\n".join(re.sub(rb"\s+", b" ", line).strip() for line in content.split(b"\n"))


def _counted_lines(lines: list[bytes]) -> set[bytes]:
    tidy = {re.sub(rb"\s+", b" ", line).strip() for line in lines}
    return {line for line in tidy if len(line) >= _COUNTED_LINE_BYTES}


def copied_share(lines: list[bytes], known: set[bytes]) -> float:
    """The share of the lines worth counting that are also in `known`."""
    own = _counted_lines(lines)
    return len(own & known) / len(own) if own else 0.0


def files_by_side(projects: list[Project]) -> tuple[dict[str, list[File]], set[bytes]]:
    """The files of every side without copies, and all lines of the training side."""
    side = split(projects)
    answer: dict[str, list[File]] = {which: [] for which in SIDES}
    seen: set[bytes] = set()
    training_lines: set[bytes] = set()
    for which in SIDES:
        for project in projects:
            if side[project.name] != which:
                continue
            for language, contents in project.files.items():
                kept = 0
                for path in sorted(contents, key=lambda path: digest(project.name + path)):
                    text = _normalised(contents[path])
                    lines = contents[path].replace(b"\r\n", b"\n").split(b"\n")
                    is_copy = text in seen or (which != "train" and copied_share(lines, training_lines) > COPIED_SHARE)
                    if is_copy or kept == FILES_PER_PROJECT[which]:
                        continue
                    seen.add(text)
                    kept += 1
                    answer[which].append(File(project.name, path, language, lines, [line_tokens(l) for l in lines]))
        if which == "train":
            training_lines = set().union(*(_counted_lines(file.lines) for file in answer["train"]))
    return answer, training_lines


def is_fair(file: File, first: int, last: int) -> bool:
    """Whether a crop is in its file's language at all: no mere comment, no fenced block in Markdown, no script in HTML."""
    crop = file.lines[first:last]
    marks = _COMMENT_MARKS.get(file.language)
    if marks:
        written = [line.strip() for line in crop if line.strip()]
        if sum(line.startswith(marks) for line in written) * 2 > len(written):
            return False
    if file.language == "markdown":
        inside = sum(line.lstrip().startswith((b"```", b"~~~")) for line in file.lines[:first]) % 2
        fenced = 0
        for line in crop:
            if line.lstrip().startswith((b"```", b"~~~")):
                inside ^= 1
            fenced += inside
        return fenced * 2 <= len(crop)
    if file.language == "html":
        return sum(bool(re.search(rb"</?[A-Za-z!]", line)) for line in crop) * 4 >= len(crop)
    return True


def crop_tokens(file: File, first: int, last: int, limit: int = POSITIONS) -> list[int]:
    """The tokens of the lines from `first` up to `last`, at most `limit`."""
    ids = [BOS]
    for line in file.tokens[first:last]:
        ids += line
        if len(ids) >= limit:
            break
    return ids[:limit]


def crop(file: File, rng: random.Random, fewest: int, most: int) -> tuple[int, int]:
    """A random range of lines; one in four starts where the file starts."""
    count = rng.randint(fewest, most)
    latest = max(0, len(file.lines) - count)
    first = 0 if rng.random() < 0.25 else rng.randint(0, latest)
    return first, min(first + count, len(file.lines))


def held_out(files: list[File], known: set[bytes], seed: int) -> list[tuple[File, int, int]]:
    """At most TEST_SNIPPETS_PER_LANGUAGE snippets of each language, taken from its projects in turn."""
    rng = random.Random(seed)
    chosen = []
    for label in LABELS:
        queues: dict[str, list[tuple[File, int, int]]] = {}
        for file in files:
            if file.language != label:
                continue
            ranges = {crop(file, rng, *TEST_LINES) for _ in range(min(4, 1 + len(file.lines) // 20))}
            for first, last in sorted(ranges):
                is_copy = copied_share(file.lines[first:last], known) > COPIED_SHARE
                if not is_copy and is_fair(file, first, last) and len(crop_tokens(file, first, last)) >= FEWEST_TOKENS:
                    queues.setdefault(file.project, []).append((file, first, last))
        for queue in queues.values():
            rng.shuffle(queue)
        of_label = []
        while any(queues.values()) and len(of_label) < TEST_SNIPPETS_PER_LANGUAGE:
            for project in sorted(queues):
                if queues[project] and len(of_label) < TEST_SNIPPETS_PER_LANGUAGE:
                    of_label.append(queues[project].pop())
        chosen += of_label
    return chosen
