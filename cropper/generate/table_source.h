// SPDX-License-Identifier: Apache-2.0
// The generated table unit of a build: the manifest note and, beside it, the address of everything its rows name.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "kernels/catalog.h"
#include "op-registry/core/level.h"

namespace adze::generate {

// The source text of src/generated/table.cc. `rows` may be empty (the empty runtime); up to kMaxLevels levels, the profile's order;
// without any, sessions are refused.
std::string TableSource(const std::vector<CatalogRow>& rows, const std::vector<Level>& levels, const std::array<uint8_t, 16>& crop_id);

}  // namespace adze::generate
