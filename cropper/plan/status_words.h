// SPDX-License-Identifier: Apache-2.0
// A Status in words on the build machine. The device's texts (runtime/session/error_text.cc) speak of a crop and its manifest, which a plan
// does not have yet.
#pragma once

#include <string>

#include "op-registry/core/status.h"

namespace adze::plan {

// "damaged file: the graph's checksum is wrong; convert the model again".
std::string StatusWords(const Status& status);

}  // namespace adze::plan
