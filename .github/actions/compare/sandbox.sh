#!/usr/bin/env bash
# sandbox.sh: lets Chromium start its sandbox, which Ubuntu keeps from it. Machines of your own are left as they are.
set -euo pipefail
if [ "$RUNNER_OS" = Linux ] && [ "$RUNNER_ENVIRONMENT" = github-hosted ]; then
  sudo sysctl -qw kernel.apparmor_restrict_unprivileged_userns=0 || true
fi
