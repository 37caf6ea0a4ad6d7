// SPDX-License-Identifier: Apache-2.0
// The ordered list of passes between import and the writer.
#include "models/passes/pipeline.h"

#include <algorithm>

#include "models/passes/passes.h"

namespace adze::passes {

const std::vector<Pass>& Pipeline() {
  // One pass a line.
  // clang-format off
  static const std::vector<Pass> kPasses = {
      {"fold_constants", FoldConstants},  // first: weights arrive as casts, transposes and pads of constants
      {"remove_noops", RemoveNoops},
      {"fuse_hard_swish", FuseHardSwish},
      {"fuse_layer_norm", FuseLayerNorm},
      {"fuse_gelu", FuseGelu},
      {"sink_transposes", SinkTransposes},  // before all fusion: from here on channels are last
      {"remove_noops", RemoveNoops},
      {"fold_flatten_transpose", FoldFlattenTranspose},
      {"fuse_padding", FusePadding},
      {"fold_batch_norm", FoldBatchNorm},
      {"fuse_attention", FuseAttention},  // after fold_batch_norm: a scale costs nothing in weights, less than nothing in a softmax
      {"fuse_activation", FuseActivation},
      {"fuse_residual", FuseResidual},  // after fuse_activation: takes over the clamp of its add
      {"split_conv_transpose", SplitConvTranspose},  // after all that joins it as one node
      {"split_large_kernels", SplitLargeKernels},  // the parts of transposed ones, too
      {"copy_outputs", CopyOutputs},
      {"remove_dead", RemoveDead},
      {"view_reshapes", ViewReshapes},
      {"view_transposes", ViewTransposes},  // after view_reshapes: what they turn may itself be a view
      {"pack_winograd", PackWinograd, true},
      {"pack_weights", PackWeights},
      {"remove_dead", RemoveDead},  // the unpacked weights
      {"view_slices", ViewSlices},  // after pack_weights: which rows serve depends on packing
      {"view_concats", ViewConcats},
      {"pad_pixels", PadPixels},  // after view_concats: a join may get gaps, too
      {"remove_dead", RemoveDead},  // what only the concatenations named
      {"plan_memory", PlanMemory},
  };
  // clang-format on
  return kPasses;
}

void RunPipeline(graph::Graph* g, Optimize optimize, const std::function<void(const Pass&, const graph::Graph&)>& after_each) {
  for (const Pass& pass : Pipeline()) {
    if (pass.only_for_speed && optimize != Optimize::kSpeed) continue;
    pass.run(g);
    graph::CheckGraph(*g, pass.name);
    if (after_each) after_each(pass, *g);
  }
}

namespace {

int64_t BytesWrittenBy(const graph::Graph& g, const std::vector<std::string>& ops) {
  int64_t bytes = 0;
  for (const graph::Node& n : g.nodes) {
    if (std::count(ops.begin(), ops.end(), n.op) != 0) bytes += g.values[n.outputs[0]].Bytes();
  }
  return bytes;
}

}  // namespace

int64_t TransposedBytes(const graph::Graph& g) { return BytesWrittenBy(g, {"transpose"}); }

int64_t CopiedBytes(const graph::Graph& g) { return BytesWrittenBy(g, {"concat", "slice", "reshape", "pad", "transpose"}); }

}  // namespace adze::passes
