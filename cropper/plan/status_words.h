// SPDX-License-Identifier: Apache-2.0
// A Status in words on the build machine: the device's own sentences.
#pragma once

#include <string>

#include "models/format/reader.h"

namespace adze::plan {

// "damaged file: node 1 'act' (clamp): 3 bytes of parameters, want 8; copy or convert the file again". `model` names the node and tensors;
// without it, or if its structure was refused too, they are indices.
std::string StatusWords(const Status& status, const format::Model* model = nullptr);

}  // namespace adze::plan
