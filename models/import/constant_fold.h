// SPDX-License-Identifier: Apache-2.0
// Data movement of constants at import: weights are laid out anew and shape arithmetic is done here, so that neither reaches the device.
// Everything works on dense row-major bytes whose sizes the caller has checked.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace adze::import {

using Bytes = std::vector<uint8_t>;

// The strides, in elements, of a dense row-major tensor.
std::vector<int64_t> DenseStrides(const std::vector<int64_t>& dims);

// Reads out_dims elements starting at element `start`, walking `strides` (elements, any sign, 0 repeats).
Bytes GatherStrided(const Bytes& data, size_t element_bytes, int64_t start, const std::vector<int64_t>& strides,
                    const std::vector<int64_t>& out_dims);

// out dim d is in dim perm[d].
Bytes TransposeBytes(const Bytes& data, size_t element_bytes, const std::vector<int64_t>& dims, const std::vector<int>& perm);

template <typename T>
Bytes BytesOf(const std::vector<T>& v) {
  Bytes bytes(v.size() * sizeof(T));
  const auto* from = reinterpret_cast<const uint8_t*>(v.data());
  bytes.assign(from, from + bytes.size());
  return bytes;
}

}  // namespace adze::import
