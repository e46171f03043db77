#!/usr/bin/env bash
# comment.sh FILE: puts a text on the pull request PULL_REQUEST of GITHUB_REPOSITORY, over the one that an earlier run left.
# REPORT is the address of the report and the samples; it may be empty.
# A pull request from a fork has no right to comment; the result is in the job's summary.
set -euo pipefail
file=$1
[ -f "$file" ] || exit 0
[ -z "${REPORT:-}" ] || printf '\n[Report and samples](%s)\n' "$REPORT" >>"$file"
# The first line of the file marks the comment.
mark=$(head -n 1 "$file")
comments="repos/$GITHUB_REPOSITORY/issues/$PULL_REQUEST/comments"
find='.[] | select(.user.type == "Bot" and (.body | startswith(env.MARK))) | .id'
if ! ids=$(MARK=$mark gh api --paginate "$comments" --jq "$find"); then
  echo "::warning title=crossover::The comments of the pull request cannot be read; the result is in the job's summary."
  exit 0
fi
id=$(head -n 1 <<<"$ids")
if [ -n "$id" ]; then
  set -- --method PATCH "repos/$GITHUB_REPOSITORY/issues/comments/$id"
else
  set -- --method POST "$comments"
fi
gh api "$@" --field "body=@$file" --silent ||
  echo "::warning title=crossover::The pull request cannot be commented on; the result is in the job's summary."
