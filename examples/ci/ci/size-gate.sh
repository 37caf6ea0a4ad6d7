#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Crops the runtime to this app's models, audits the library, and holds its sizes to the baseline that the app has committed.
#   ci/size-gate.sh             exit code 0: ok; 4: over a limit, or a finding; 3: something cannot be read
#   ci/size-gate.sh --update    accepts the sizes as they are: commit the baseline that it writes
# By environment: MODELS (models.txt), PROFILE (linux-x64), BASELINE, SIGNED, OUT, REPORTS.
set -euo pipefail

models=${MODELS:-models.txt}
profile=${PROFILE:-linux-x64}
baseline=${BASELINE:-ci/sizes/$(basename "$profile" .json).json}
signed=${SIGNED:-ci/signed.json}
out=${OUT:-build/adze}
reports=${REPORTS:-size-report}

cropper crop --models "$models" --profile "$profile" -o "$out"

check=(cropper check "$out" --baseline "$baseline" --metric alloc --metric file --metric compressed --metric ram)
if [ -f "$signed" ]; then check+=(--exceptions "$signed"); fi
if [ "${1:-}" = --update ]; then exec "${check[@]}" --update; fi

# The reports first, also of what is over a limit (4); anything else that goes wrong ends here. Then the verdict.
report() { "$@" || [ $? -eq 4 ]; }
mkdir -p "$reports"
if [ -f "$baseline" ]; then
  cropper size "$out" --format html --compare "$baseline" -o "$reports/size.html"
  report "${check[@]}" --format junit >"$reports/size-junit.xml"
  report "${check[@]}" --format md >"$reports/size.md"
  if [ -n "${GITHUB_STEP_SUMMARY:-}" ]; then cat "$reports/size.md" >>"$GITHUB_STEP_SUMMARY"; fi
  if [ -n "${GITHUB_ACTIONS:-}" ]; then report "${check[@]}" --format annotations; fi
fi

status=0
cropper audit "$out" || status=$?
"${check[@]}" || status=$?
exit "$status"
