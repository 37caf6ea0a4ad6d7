// SPDX-License-Identifier: Apache-2.0
// Bytes that somebody signed for: over a limit, for a reason, until a day.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "cropper/check/metric.h"

namespace adze::check {

struct Exception {
  Metric metric = Metric::kFile;
  uint64_t extra_bytes = 0;  // on top of the limit; exceptions of one metric add up
  std::string reason, by;
  std::string expires;  // "2027-01-31", the last day on which it counts (UTC)
  std::string profile;  // of one profile only; empty: of all
};

// {"version": 1, "exceptions": [{"metric", "extra_bytes", "reason", "by", "expires", "profile"?}]}. Throws plan::InputError with every
// problem of the text.
std::vector<Exception> ParseExceptions(const std::string& text, const std::string& source);

// Today as "YYYY-MM-DD", UTC. Such dates compare as strings.
std::string Today();

inline bool Expired(const Exception& exception, const std::string& today) { return exception.expires < today; }

}  // namespace adze::check
