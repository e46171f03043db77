"""Fetches the pinned packages with the registries' own clients and unpacks them; runs none of their code."""

import argparse
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path


def npm(name: str, version: str, folder: Path) -> None:
    """One package from npm, without its dependencies."""
    made = subprocess.run(["npm", "pack", "--silent", f"{name}@{version}"], cwd=folder, check=True,
                          capture_output=True, text=True)
    packed = folder / made.stdout.split()[-1]
    with tarfile.open(packed) as archive:
        archive.extractall(folder / packed.stem, filter="data")
    packed.unlink()
    # Every npm archive has one folder at its top; the corpus wants the package itself.
    (top,) = (folder / packed.stem).iterdir()
    top.rename(folder / "unpacked")
    (folder / packed.stem).rmdir()
    (folder / "unpacked").rename(folder / packed.stem)


def pypi(name: str, version: str, folder: Path) -> None:
    """One wheel from PyPI, without its dependencies."""
    subprocess.run([sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--only-binary=:all:", "-d", folder,
                    f"{name}=={version}"], check=True)
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / wheel.stem)
    wheel.unlink()


def crates(packages: dict[str, str], folder: Path) -> None:
    """All crates with their dependencies, through a throw-away manifest."""
    manifest = folder.parent / "manifest"
    (manifest / "src").mkdir(parents=True, exist_ok=True)
    (manifest / "src" / "lib.rs").touch()
    wanted = "".join(f'{name} = "={version}"\n' for name, version in packages.items())
    (manifest / "Cargo.toml").write_text(
        f'[package]\nname = "corpus"\nversion = "0.0.0"\nedition = "2024"\n[workspace]\n[dependencies]\n{wanted}')
    subprocess.run(["cargo", "vendor", "-q", "--versioned-dirs", folder.resolve()], cwd=manifest, check=True,
                   stdout=subprocess.DEVNULL)


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("corpus", type=Path, help="an empty folder outside the repository")
    corpus = arguments.parse_args().corpus
    packages = tomllib.loads((Path(__file__).parent / "packages.toml").read_text())
    for registry, fetch in (("npm", npm), ("pypi", pypi)):
        folder = corpus / registry
        folder.mkdir(parents=True, exist_ok=True)
        for name, version in packages[registry].items():
            print(registry, name, version, flush=True)
            fetch(name, version, folder)
    crates(packages["crates"], corpus / "crates")


if __name__ == "__main__":
    main()
