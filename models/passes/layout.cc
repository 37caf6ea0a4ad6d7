// SPDX-License-Identifier: Apache-2.0
// Permutations of dims, and the ops that can do their work in any order of dims.
#include "models/passes/layout.h"

#include <algorithm>

#include "op-registry/ops/conv2d.h"
#include "op-registry/ops/movement.h"

namespace adze::passes {
namespace {

using graph::Graph;
using graph::Node;

// a'[perm[d]] = a[d]: from the order of the transposed tensor back to the order of the source.
void PermuteBack(int32_t (&a)[kMaxRank], const Perm& perm) {
  int32_t old[kMaxRank];
  std::copy(a, a + kMaxRank, old);
  for (size_t d = 0; d < perm.size(); ++d) a[perm[d]] = old[d];
}

// The positions of a tensor's dims that are not 1.
std::vector<int> RealDims(const std::vector<int64_t>& dims) {
  std::vector<int> real;
  for (size_t d = 0; d < dims.size(); ++d) {
    if (dims[d] != 1) real.push_back(static_cast<int>(d));
  }
  return real;
}

// A run of input dims that a reshape turns into a run of output dims of the same element count.
struct ReshapeGroup {
  std::vector<int> in, out;
};

// The finest such runs over the dims that are not 1. Empty if a dim is 0.
std::vector<ReshapeGroup> GroupReshape(const std::vector<int64_t>& in, const std::vector<int64_t>& out) {
  const std::vector<int> a = RealDims(in), b = RealDims(out);
  if (std::count(in.begin(), in.end(), 0) + std::count(out.begin(), out.end(), 0) > 0) return {};
  std::vector<ReshapeGroup> groups;
  size_t i = 0, o = 0;
  while (i < a.size() && o < b.size()) {
    ReshapeGroup group{{a[i]}, {b[o]}};
    int64_t left = in[a[i++]], right = out[b[o++]];
    while (left != right) {
      if (left < right && i < a.size()) {
        group.in.push_back(a[i]);
        left *= in[a[i++]];
      } else if (right < left && o < b.size()) {
        group.out.push_back(b[o]);
        right *= out[b[o++]];
      } else {
        return {};
      }
    }
    groups.push_back(std::move(group));
  }
  return groups;
}

// A reshape passes a transpose on if every run of dims that it joins or splits stays together in the source.
bool RelayoutReshape(const std::vector<int64_t>& in, const std::vector<int64_t>& out, const Perm& perm, Perm* out_perm) {
  std::vector<ReshapeGroup> groups = GroupReshape(in, out);
  if (groups.empty()) return false;
  const Perm source_real = RealDims(PermuteDims(in, Inverse(perm)));
  const auto place = [&](int d) { return std::find(source_real.begin(), source_real.end(), perm[d]) - source_real.begin(); };
  for (const ReshapeGroup& group : groups) {
    for (size_t k = 1; k < group.in.size(); ++k) {
      if (place(group.in[k]) != place(group.in[k - 1]) + 1) return false;
    }
  }
  std::sort(groups.begin(), groups.end(), [&](const ReshapeGroup& a, const ReshapeGroup& b) { return place(a.in[0]) < place(b.in[0]); });
  Perm order;  // the new output's dims, as dims of the old output: those of 1 ahead
  for (size_t d = 0; d < out.size(); ++d) {
    if (out[d] == 1) order.push_back(static_cast<int>(d));
  }
  for (const ReshapeGroup& group : groups) order.insert(order.end(), group.out.begin(), group.out.end());
  *out_perm = Inverse(order);
  return true;
}

// With channels apart in memory the driver needs a pointer per kernel position and channel; up to this many cost less than transposing the
// picture, and the driver takes no more. A 7x7 kernel over RGB needs 147.
constexpr int64_t kMaxIndirection = 160;

// Does this node read `value`, a transpose by `perm`, only in places that take strides?
bool ReadsThroughStrides(const Graph& g, const Node& n, int value, const Perm& perm) {
  if (n.op == "matmul") return n.inputs[0] != value || perm.back() == static_cast<int>(perm.size()) - 1;
  if (n.op != "conv2d" || perm != Perm{0, 2, 3, 1} || std::count(n.inputs.begin(), n.inputs.end(), value) != 1 || n.inputs[0] != value)
    return false;
  const Conv2dParams p = n.Params<Conv2dParams>();
  const bool pointwise_depthwise = g.values[value].dims[3] == 1 && p.channels_out == 1;
  return p.groups == 1 && !pointwise_depthwise && int64_t{p.kernel_h} * p.kernel_w * g.values[value].dims[3] <= kMaxIndirection;
}

}  // namespace

Perm PermOf(const Graph& g, const Node& transpose) {
  const TransposeParams p = transpose.Params<TransposeParams>();
  return Perm(p.perm, p.perm + g.values[transpose.inputs[0]].dims.size());
}

void SetPerm(Node* n, const Perm& perm) {
  TransposeParams p;
  std::copy(perm.begin(), perm.end(), p.perm);
  n->SetParams(p);
}

bool IsIdentity(const Perm& perm) { return std::is_sorted(perm.begin(), perm.end()); }

Perm Inverse(const Perm& perm) {
  Perm inverse(perm.size());
  for (size_t d = 0; d < perm.size(); ++d) inverse[perm[d]] = static_cast<int>(d);
  return inverse;
}

Perm ComposePerms(const Perm& first, const Perm& second) {
  Perm both;
  for (int d : second) both.push_back(first[d]);
  return both;
}

bool OnlyMovesOnes(const std::vector<int64_t>& dims, const Perm& perm) {
  int last = -1;
  for (int d : perm) {
    if (dims[d] == 1) continue;
    if (d < last) return false;
    last = d;
  }
  return true;
}

std::vector<int64_t> PermuteDims(const std::vector<int64_t>& dims, const Perm& perm) {
  std::vector<int64_t> out;
  for (int d : perm) out.push_back(dims[d]);
  return out;
}

bool CanRelayout(const Graph& g, const Node& n, const Perm& perm, Perm* out_perm) {
  if (n.op == "reshape") return RelayoutReshape(g.values[n.inputs[0]].dims, g.values[n.outputs[0]].dims, perm, out_perm);
  static const char* const kAnyLayout[] = {"cast", "concat", "pad", "slice"};
  const bool any =
      IsElementwise(n.op) || std::any_of(std::begin(kAnyLayout), std::end(kAnyLayout), [&](const char* op) { return n.op == op; });
  const bool last_dim_stays = n.op == "softmax" && !perm.empty() && perm.back() == static_cast<int>(perm.size()) - 1;
  *out_perm = perm;
  return any || last_dim_stays;
}

void RelayoutParams(Node* n, const Perm& perm) {
  if (n->op == "concat") {
    ConcatParams p = n->Params<ConcatParams>();
    p.axis = perm[p.axis];
    n->SetParams(p);
  } else if (n->op == "pad") {
    PadParams p = n->Params<PadParams>();
    PermuteBack(p.before, perm);
    PermuteBack(p.after, perm);
    n->SetParams(p);
  } else if (n->op == "slice") {
    SliceParams p = n->Params<SliceParams>();
    PermuteBack(p.begin, perm);
    PermuteBack(p.step, perm);
    n->SetParams(p);
  }
}

bool OnlyFeedsStridedReaders(const Graph& g, const GraphIndex& index, const Node& n) {
  if (n.op != "transpose") return false;
  const int y = n.outputs[0];
  const Perm perm = PermOf(g, n);
  const bool seen = std::any_of(g.values.begin(), g.values.end(), [&](const graph::Value& v) { return v.view.root == y; });
  const std::vector<int>& readers = index.readers[y];
  return !seen && !index.is_output[y] && !readers.empty() &&
         std::all_of(readers.begin(), readers.end(), [&](int r) { return ReadsThroughStrides(g, g.nodes[r], y, perm); });
}

}  // namespace adze::passes
