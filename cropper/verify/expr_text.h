// SPDX-License-Identifier: Apache-2.0
// Row constraints and costs in words, for people who ask why a row was not chosen.
#pragma once

#include <string>

#include "op-registry/core/expr.h"
#include "op-registry/core/span.h"

namespace adze::verify {

// "groups", "kernel area", ...: the words of a feature.
const char* FeatureWords(Feature feature);

// "groups == 1 and kernel area <= 9"; "always" for no code.
std::string ExprText(Span<const uint8_t> code);

// What the features in `code` are for `key`: "groups = 8, kernel area = 9"; "" if it names none.
std::string FeatureValues(Span<const uint8_t> code, const Key& key);

}  // namespace adze::verify
