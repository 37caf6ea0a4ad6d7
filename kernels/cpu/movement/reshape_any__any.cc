// SPDX-License-Identifier: Apache-2.0
// reshape where it cannot be a view: a copy whose two sides have different shapes.
#include "kernels/cpu/movement/strided_copy.h"

namespace adze {
namespace {

void Run(const KernelArgs& args) { CopyTensor(args, *args.in[0], *args.out[0]); }

}  // namespace

extern "C" {
extern const Kernel adze_reshape_any__any;
const Kernel adze_reshape_any__any = {Run};
}

}  // namespace adze
