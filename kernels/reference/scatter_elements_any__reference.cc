// SPDX-License-Identifier: Apache-2.0
// Reference kernel of scatter_elements without a reduction.
#include <cstring>

#include "kernels/reference/scatter_loop.h"

namespace adze {
namespace {

void Run(const KernelArgs& args) {
  ScatterElementsInOrder(args, ParamsOf<ScatterElementsParams>(args.params).axis,
                         [&](uint8_t* y, const uint8_t* update) { std::memcpy(y, update, DTypeBytes(args.out[0]->dtype)); });
}

}  // namespace

extern "C" {
extern const Kernel adze_scatter_elements_any__reference;
const Kernel adze_scatter_elements_any__reference = {Run};
}

}  // namespace adze
