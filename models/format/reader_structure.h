// SPDX-License-Identifier: Apache-2.0
// The FlatBuffers structure of the graph section: after this check the generated accessors stay inside it.
#pragma once

#include <cstddef>
#include <cstdint>

namespace adze::format {

// `data` must be 8-byte aligned, `bytes` below 2^31.
bool IsStructureSound(const uint8_t* data, size_t bytes);

}  // namespace adze::format
