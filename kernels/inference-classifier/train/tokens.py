"""The tokeniser: the same tokens as src/tokens.rs and the JavaScript contender, line by line."""

import re

VOCABULARY = 4096
POSITIONS = 128

BOS = 0
INDENT_SPACES = 1  # 1..=10: a line that starts with 0..=8 or more spaces
INDENT_TABS = 11  # 11..=13: a line that starts with 1, 2 or more tabs
NUMBER = 14
NON_ASCII = 15
HASHED = 16  # words and punctuation: HASHED + fnv1a(first bytes) % (VOCABULARY - HASHED)
HASHED_BYTES = 24

_TOKEN = re.compile(rb"[A-Za-z_]+|[0-9]+|[\x80-\xff]+|[!-/:-@\[-^`{-~]{1,2}")
_hashes: dict[bytes, int] = {}


def _hashed(token: bytes) -> int:
    token = token[:HASHED_BYTES]
    known = _hashes.get(token)
    if known is None:
        value = 2166136261
        for byte in token:
            value = ((value ^ byte) * 16777619) & 0xFFFFFFFF
        known = _hashes[token] = HASHED + value % (VOCABULARY - HASHED)
    return known


def line_tokens(line: bytes) -> list[int]:
    """The tokens of one line without its line feed: its indentation, then its words; none for a blank line."""
    ids = []
    for match in _TOKEN.finditer(line):
        if not ids:
            lead = line[: match.start()]
            tabs, spaces = lead.count(b"\t"), lead.count(b" ")
            ids.append(INDENT_TABS + min(tabs, 3) - 1 if tabs else INDENT_SPACES + min(spaces, 9))
        token = match.group()
        first = token[0]
        if 0x30 <= first <= 0x39:
            ids.append(NUMBER)
        elif first >= 0x80:
            ids.append(NON_ASCII)
        else:
            ids.append(_hashed(token))
    return ids


def tokens(text: str) -> list[int]:
    """At most POSITIONS tokens of a text, the first of them BOS."""
    ids = [BOS]
    for line in text.encode().split(b"\n"):
        ids += line_tokens(line)
        if len(ids) >= POSITIONS:
            break
    return ids[:POSITIONS]
