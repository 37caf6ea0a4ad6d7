// SPDX-License-Identifier: Apache-2.0
// Readable text of an .adze file, exactly as stored, for people and golden tests.
#pragma once

#include <string>

#include "models/format/reader.h"

namespace adze::format {

// Header, arena, inputs and outputs, tensors, nodes in execution order. Strides that the file leaves out are shown as the reader fills them
// in. `model` is open and verified; the same file gives the same text.
std::string DumpAdze(const Model& model);

// Params of a node: "{axis 1}" with the fields of the op's struct where the op is known and the size is its own, else "0x" and the bytes;
// "" if there are none. Nonzero reserved bytes are shown too.
std::string ParamsText(const std::string& op, Span<const uint8_t> params);

}  // namespace adze::format
