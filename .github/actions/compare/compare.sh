#!/usr/bin/env bash
# compare.sh CROSSOVER OUT: fetches the base, as a checkout of a pull request has one commit only, brings what is missing, and
# compares with the base.
# BASE is a branch of `origin` or a commit, KERNELS are names between spaces, SUITE is a file; the last two may be empty.
set -euo pipefail
crossover=$1 out=$2
if [ -z "$BASE" ]; then
  echo "::error title=crossover::There is no base to compare with: this is no pull request, so give the action a base-ref."
  exit 2
fi
if [ "$(git rev-parse --is-shallow-repository)" = true ]; then
  git fetch --quiet --no-tags --unshallow origin
fi
reference=$BASE
if git fetch --quiet --no-tags origin "+refs/heads/$BASE:refs/remotes/origin/$BASE" 2>/dev/null; then
  reference=origin/$BASE
fi
read -r -a kernels <<<"$KERNELS"
suite=()
[ -z "$SUITE" ] || suite=(--suite "$SUITE")
"$crossover" setup
exec "$crossover" compare "${kernels[@]}" "${suite[@]}" --base-ref "$reference" --out "$out"
