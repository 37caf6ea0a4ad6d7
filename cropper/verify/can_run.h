// SPDX-License-Identifier: Apache-2.0
// Does a library, of any architecture and stripped, hold what a model needs? Asked of the very table that its runtime selects from.
#pragma once

#include <string>
#include <vector>

#include "cropper/size/elf_file.h"

namespace adze::verify {

// One line per node, level and thing that is missing; empty: the library runs the model at all of its levels. `bytes` is an .adze. Throws
// plan::InputError if it is damaged.
std::vector<std::string> WhatIsMissing(const std::string& bytes, const std::string& source, const size::Manifest& manifest);

}  // namespace adze::verify
