// SPDX-License-Identifier: Apache-2.0
// What `cropper inspect` says of an .adze file.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace adze::cli {

// The keys that a foreign model's report has too, where a converted file still tells them, and "constant_bytes". `dump`: also the whole file
// as text, under "graph". Throws plan::InputError with the reader's reason.
nlohmann::json InspectStored(const std::string& bytes, const std::string& path, bool dump);

}  // namespace adze::cli
