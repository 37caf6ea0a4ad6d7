// SPDX-License-Identifier: Apache-2.0
// Reference kernels that work element by element: a function over index tuples.
#pragma once

#include <type_traits>

#include "kernels/reference/index_loop.h"

namespace adze {
namespace {

// y = f(x)
template <typename X, typename Y = X, typename Fn>
void MapElements(const KernelArgs& args, const Fn& f) {
  const Tensor& y = *args.out[0];
  if (!HasElements(y.shape)) return;
  ElementIndex i;
  do {
    *reinterpret_cast<Y*>(ElementAt(y, i)) = f(*reinterpret_cast<X*>(ElementAt(*args.in[0], i)));
  } while (NextIndex(y.shape, &i));
}

// y = f(a, b), with broadcasting
template <typename X, typename Y = X, typename Fn>
void PairElements(const KernelArgs& args, const Fn& f) {
  const Tensor& y = *args.out[0];
  if (!HasElements(y.shape)) return;
  ElementIndex i;
  do {
    const X a = *reinterpret_cast<X*>(ElementAt(*args.in[0], i));
    const X b = *reinterpret_cast<X*>(ElementAt(*args.in[1], i));
    *reinterpret_cast<Y*>(ElementAt(y, i)) = f(a, b);
  } while (NextIndex(y.shape, &i));
}

// a + b, a - b or a * b; integers wrap.
template <typename T>
T Wrap(T a, T b, char op) {
  if constexpr (std::is_floating_point<T>::value) {
    return op == '+' ? a + b : op == '-' ? a - b : a * b;
  } else {
    const auto x = static_cast<uint64_t>(a);
    const auto y = static_cast<uint64_t>(b);
    return static_cast<T>(op == '+' ? x + y : op == '-' ? x - y : x * y);
  }
}

}  // namespace
}  // namespace adze
