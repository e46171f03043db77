#!/usr/bin/env bash
# download.sh HASHES VERSION FOLDER: puts the program of a release for this machine into a folder, if it is the one that the list
# HASHES has: lines with the SHA-256 and the address of an archive. Without a VERSION it is the last one of the list.
set -euo pipefail
hashes=$1 version=$2 folder=$3

fail() {
  echo "::error title=crossover::$1"
  exit 3
}

case "$RUNNER_OS-$RUNNER_ARCH" in
Linux-X64) target=x86_64-unknown-linux-gnu ;;
Linux-ARM64) target=aarch64-unknown-linux-gnu ;;
macOS-X64) target=x86_64-apple-darwin ;;
macOS-ARM64) target=aarch64-apple-darwin ;;
Windows-X64) target=x86_64-pc-windows-msvc ;;
Windows-ARM64) target=aarch64-pc-windows-msvc ;;
*) fail "No release has a program for $RUNNER_OS on $RUNNER_ARCH; help: build one, and give it to the action as \`program\`." ;;
esac
if [ "$target" = x86_64-unknown-linux-gnu ] && ldd --version 2>&1 | grep -qi musl; then
  target=x86_64-unknown-linux-musl
fi
line=$(grep -E "/crossover-$target-v${version:-.+}\.(tar\.gz|zip)\$" "$hashes" | tail -n 1 || true)
if [ -z "$line" ]; then
  fail "This action knows no release ${version:+$version }for $target; help: take the action at a newer revision, or give it a program as \`program\`."
fi

hash=${line%% *} address=${line##* }
mkdir -p "$folder"
cd "$folder"
archive=${address##*/}
curl --fail --silent --show-error --location --retry 3 --output "$archive" "$address"
# macOS has another program for it.
sum=$(command -v sha256sum || echo shasum --algorithm 256)
if [ "$($sum "$archive" | cut -d ' ' -f 1)" != "$hash" ]; then
  rm "$archive"
  fail "$address is not the file that was released: its SHA-256 is not $hash; help: do not use it, and report it."
fi
case $archive in
*.zip) unzip -q "$archive" ;;
*) tar -xzf "$archive" ;;
esac
rm "$archive"
mv crossover-"$target"-v*/crossover* .
