// SPDX-License-Identifier: Apache-2.0
// A pointer and a count: the only container of the device code.
#pragma once

#include <cstddef>

namespace adze {

// Borrows `size` elements from `data`; never owns, never checks. The caller keeps the memory alive.
template <typename T>
struct Span {
  T* data = nullptr;
  size_t size = 0;

  constexpr T& operator[](size_t i) const { return data[i]; }
  constexpr T* begin() const { return data; }
  constexpr T* end() const { return data + size; }
  constexpr bool empty() const { return size == 0; }
};

}  // namespace adze
