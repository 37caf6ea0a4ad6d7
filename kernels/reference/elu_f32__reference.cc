// SPDX-License-Identifier: Apache-2.0
// Reference kernel of elu.
#include "kernels/reference/elements.h"
#include "kernels/reference/series.h"
#include "op-registry/core/op.h"
#include "op-registry/ops/unary.h"

namespace adze {
namespace {

void Run(const KernelArgs& args) {
  const auto alpha = static_cast<double>(ParamsOf<EluParams>(args.params).alpha);
  MapElements<float>(args, [&](float x) { return x < 0 ? static_cast<float>(alpha * (ExpSeries(static_cast<double>(x)) - 1)) : x; });
}

}  // namespace

extern "C" {
extern const Kernel adze_elu_f32__reference;
const Kernel adze_elu_f32__reference = {Run};
}

}  // namespace adze
