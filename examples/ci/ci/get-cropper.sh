#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Puts the cropper on the PATH of a Debian 12 machine: builds and installs it once, into a folder that CI may cache.
# By environment: ADZE_REPOSITORY (what to clone), ADZE_REVISION (its branch or tag; pin it: the cropper's version is part of your sizes),
# ADZE_PREFIX.
set -euo pipefail

prefix=${ADZE_PREFIX:-$PWD/.adze}
if [ ! -x "$prefix/bin/cropper" ]; then
  command -v git >/dev/null || { apt-get update -q && apt-get install -y -q --no-install-recommends git ca-certificates; }
  source=$(mktemp -d)
  git clone --quiet --depth 1 ${ADZE_REVISION:+--branch "$ADZE_REVISION"} "$ADZE_REPOSITORY" "$source"
  "$source/scripts/install-packages" build
  cmake -S "$source" -B "$source/build" -G Ninja -DCMAKE_BUILD_TYPE=Release "-DCMAKE_CXX_FLAGS_RELEASE=-O1 -DNDEBUG" -DADZE_BUILD_TESTS=OFF -DADZE_UNITY=ON
  cmake --build "$source/build"
  cmake --install "$source/build" --prefix "$prefix"
  cp "$source/scripts/install-packages" "$prefix/"
  rm -rf "$source"
fi
# Compilers for the crop; a cached cropper comes to a bare machine.
"$prefix/install-packages" build
"$prefix/bin/cropper" --version
# The steps that follow find it.
if [ -n "${GITHUB_PATH:-}" ]; then echo "$prefix/bin" >>"$GITHUB_PATH"; fi
