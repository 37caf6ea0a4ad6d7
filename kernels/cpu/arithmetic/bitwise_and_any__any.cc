// SPDX-License-Identifier: Apache-2.0
// bitwise_and of elements of any size.
#include "kernels/cpu/arithmetic/bitwise.h"

namespace adze {
namespace {

struct And {
  template <typename T>
  static T Of(T a, T b) {
    return static_cast<T>(a & b);
  }
};

}  // namespace

extern "C" {
extern const Kernel adze_bitwise_and_any__any;
const Kernel adze_bitwise_and_any__any = {Bitwise<And>};
}

}  // namespace adze
