"""Which licences may be trained on, and what a package says its licence is."""

import re

PERMISSIVE = {
    "0BSD", "APACHE-2.0", "BSD-2-CLAUSE", "BSD-3-CLAUSE", "BSL-1.0", "CC0-1.0", "ISC", "MIT", "MIT-0", "PSF-2.0",
    "PYTHON-2.0", "UNLICENSE", "ZLIB", "APACHE-2.0 WITH LLVM-EXCEPTION",
}
# What PyPI's older metadata calls the same licences.
_SPELLINGS = {
    "MIT LICENSE": "MIT", "APACHE LICENSE 2.0": "Apache-2.0", "APACHE 2.0": "Apache-2.0", "APACHE 2": "Apache-2.0",
    "APACHE SOFTWARE LICENSE": "Apache-2.0", "BSD LICENSE": "BSD-3-Clause", "BSD": "BSD-3-Clause",
    "BSD-3": "BSD-3-Clause", "APACHE LICENSE, VERSION 2.0": "Apache-2.0",
}


def is_permissive(expression: str) -> bool:
    """Whether an SPDX expression leaves a choice of permissive licences only."""
    words = re.findall(r"\(|\)|[^\s()]+(?: WITH [^\s()]+)?", expression.upper().replace("/", " OR "))
    position = 0

    def term() -> bool:
        nonlocal position
        if position >= len(words):
            return False
        word = words[position]
        position += 1
        if word != "(":
            return word in PERMISSIVE
        inside = either()
        position += 1
        return inside

    def both() -> bool:
        nonlocal position
        answer = term()
        while position < len(words) and words[position] == "AND":
            position += 1
            answer &= term()
        return answer

    def either() -> bool:
        nonlocal position
        answer = both()
        while position < len(words) and words[position] == "OR":
            position += 1
            answer |= both()
        return answer

    return bool(words) and either() and position == len(words)


def of_wheel(metadata: str) -> str:
    """The licence that a wheel's METADATA states, as an SPDX expression where it is one of the known spellings."""
    head = metadata.split("\n\n", 1)[0]
    fields = re.findall(r"^(License-Expression|License|Classifier): (.*)$", head, re.M)
    named = [value for name, value in fields if name != "Classifier" and len(value) < 80]
    named += [value.rsplit(" :: ", 1)[1] for name, value in fields if value.startswith("License :: OSI Approved :: ")]
    spdx = [_SPELLINGS.get(value.strip().upper(), value.strip()) for value in named]
    return next((value for value in spdx if is_permissive(value)), spdx[0] if spdx else "")
