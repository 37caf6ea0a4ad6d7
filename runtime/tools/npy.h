// SPDX-License-Identifier: Apache-2.0
// Reading and writing NumPy's .npy files: versions 1 to 3, little endian, C order.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "adze/adze.h"

namespace adze::tools {

struct Array {
  adze_dtype dtype = ADZE_FLOAT32;
  std::vector<int64_t> dims;
  std::vector<uint8_t> data;
};

// "float32", ...
const char* DTypeText(adze_dtype dtype);
size_t DTypeSize(adze_dtype dtype);
// "[1, 224, 224, 3]"
std::string DimsText(const std::vector<int64_t>& dims);

// Whole file; throws std::runtime_error naming the path and the reason.
std::vector<uint8_t> ReadBytes(const std::string& path);

// Throws std::runtime_error: "x.npy: <what is wrong>; <what to do>".
Array ReadNpy(const std::string& path);
void WriteNpy(const std::string& path, const Array& array);

}  // namespace adze::tools
