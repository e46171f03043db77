"""Finds the projects of a fetched corpus, their licences and their files per language."""

import hashlib
import json
import re
import sys
import sysconfig
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

import licences

# C is nearly a part of C++ and JavaScript of TypeScript: a few lines of the one are often both, so each is one class.
LANGUAGES = {
    "c-cpp": ["c", "h", "cc", "cpp", "cxx", "hpp", "hh"],
    "css": ["css"],
    "html": ["html", "htm"],
    "js-ts": ["js", "mjs", "cjs", "jsx", "ts", "tsx", "mts", "cts"],
    "json": ["json"],
    "markdown": ["md", "markdown"],
    "python": ["py", "pyi"],
    "rust": ["rs"],
    "shell": ["sh", "bash", "zsh", "bats"],
    "toml": ["toml"],
    "yaml": ["yml", "yaml"],
}
LABELS = list(LANGUAGES)
_BY_EXTENSION = {extension: language for language, extensions in LANGUAGES.items() for extension in extensions}
_SHEBANG = re.compile(rb"#!.*\b(sh|bash|zsh|bats)\b")
_COPYLEFT = re.compile(rb"GNU (Lesser |Library |Affero )?General Public|Mozilla Public License|\bA?L?GPL", re.I)
_LARGEST_FILE_BYTES = 400_000
_LONGEST_MEAN_LINE_BYTES = 160  # above this a file is minified or data


@dataclass
class Project:
    """Everything that shares one repository: packages and versions of one project never part."""

    name: str
    packages: dict[str, str] = field(default_factory=dict)  # "npm zod 4.6.7" -> licence
    files: dict[str, dict[str, bytes]] = field(default_factory=dict)  # language -> path -> content


def language_of(path: Path, content: bytes) -> str | None:
    """The language that a file's name or its first line states."""
    name = path.name
    if name == "Cargo.toml.orig":
        return "toml"
    if name.startswith(".cargo") or name.endswith(".min.js") or name.endswith(".min.css"):
        return None
    if "." not in name.lstrip("."):
        return "shell" if _SHEBANG.match(content) else None
    return _BY_EXTENSION.get(path.suffix[1:].lower())


def _is_usable(content: bytes) -> bool:
    lines = content.count(b"\n") + 1
    if len(content) < 60 or b"\0" in content or len(content) / lines > _LONGEST_MEAN_LINE_BYTES:
        return False
    if _COPYLEFT.search(content):
        return False
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True


def _repository(url: object, fallback: str) -> str:
    url = url.get("url", "") if isinstance(url, dict) else url
    match = re.search(r"(?:github|gitlab|codeberg)[^/:]*[/:]([\w.-]+/[\w.-]+)", url or "")
    plain = re.fullmatch(r"[\w.-]+/[\w.-]+", url or "")
    name = match.group(1) if match else plain.group(0) if plain else fallback
    return name.removesuffix(".git").lower()


def _package(folder: Path) -> tuple[str, str, str] | None:
    """(project, package and version, licence) of an unpacked package."""
    if (folder / "Cargo.toml").is_file():
        about = tomllib.loads((folder / "Cargo.toml").read_text())["package"]
        name = f"crates.io {about['name']} {about['version']}"
        return _repository(about.get("repository"), about["name"]), name, about.get("license", "")
    if (folder / "package.json").is_file():
        about = json.loads((folder / "package.json").read_text())
        name = f"npm {about['name']} {about['version']}"
        licence = about.get("license", "")
        return _repository(about.get("repository"), about["name"]), name, licence if isinstance(licence, str) else ""
    for metadata in folder.glob("*.dist-info/METADATA"):
        text = metadata.read_text()
        name, version = (re.search(rf"^{key}: (.*)$", text, re.M).group(1) for key in ("Name", "Version"))
        urls = re.findall(r"^(?:Home-page|Project-URL): .*?(https?://git\S+)", text, re.M)
        return _repository(urls[0] if urls else None, name.lower()), f"PyPI {name} {version}", licences.of_wheel(text)
    return None


def _add(project: Project, folder: Path) -> None:
    files = [path for path in sorted(folder.rglob("*")) if path.is_file() and path.stat().st_size < _LARGEST_FILE_BYTES]
    has_original = folder / "Cargo.toml.orig" in files
    for path in files:
        relative = path.relative_to(folder)
        # The registry rewrites Cargo.toml; what a person wrote is beside it.
        if (has_original and path.name == "Cargo.toml") or "site-packages" in relative.parts:
            continue
        content = path.read_bytes()
        language = language_of(path, content)
        if language and _is_usable(content):
            project.files.setdefault(language, {})[str(relative)] = content
    # Declarations come out of a compiler by the thousand: they count only where a project has nothing else.
    scripts = project.files.get("js-ts", {})
    written = {path: content for path, content in scripts.items() if ".d." not in path}
    if written:
        project.files["js-ts"] = written


def projects(corpus: Path) -> list[Project]:
    """All permissively licensed projects under `corpus`, and CPython's own library, ordered by name."""
    found: dict[str, Project] = {}
    for folder in sorted(corpus.glob("*/*")):
        package = _package(folder)
        if package is None or not licences.is_permissive(package[2]):
            continue
        name, title, licence = package
        project = found.setdefault(name, Project(name))
        project.packages[title] = licence
        _add(project, folder)
    cpython = found.setdefault("python/cpython", Project("python/cpython"))
    cpython.packages[f"CPython standard library {sys.version.split()[0]}"] = "PSF-2.0"
    for key in ("stdlib", "include"):
        _add(cpython, Path(sysconfig.get_paths()[key]))
    return [found[name] for name in sorted(found)]


def digest(text: str) -> int:
    """A number that is the same on every machine, to order and to draw by."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")
