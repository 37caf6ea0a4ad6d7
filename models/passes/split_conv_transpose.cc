// SPDX-License-Identifier: Apache-2.0
// Pass split_conv_transpose: a transposed convolution becomes ordinary ones. The outputs of one phase, those that are `stride` apart, are an
// ordinary convolution of stride 1 over the input with the kernel positions that reach them; phases are then interleaved, by concatenations that
// view_concats turns into strided views: nothing is copied, no product with an inserted zero is computed. Where all columns read the same
// elements (a kernel that is a multiple of the stride, without padding), they are channels of one convolution.
#include <algorithm>
#include <numeric>

#include "models/passes/emitter.h"
#include "models/passes/passes.h"
#include "op-registry/ops/conv2d.h"
#include "op-registry/ops/conv_transpose2d.h"

namespace adze::passes {
namespace {

using graph::Graph;
using graph::Node;
using Dims = std::vector<int64_t>;

// One phase along one dim: output j of it is the sum over u of x[j + first + u * dilation] * w[taps[u]]; what lies outside is 0.
struct Phase {
  std::vector<int64_t> taps;  // none: only the bias
  int64_t first = 0, dilation = 1;
};

bool Aligned(const Phase& a, const Phase& b) { return a.taps.size() == b.taps.size() && a.first == b.first && a.dilation == b.dilation; }

struct Dim {
  int64_t size, kernel, stride, dilation, pad, out;
  int64_t positions() const { return (out + stride - 1) / stride; }  // of each phase; the last ones of some lie past `out`
};

std::vector<Phase> PhasesOf(const Dim& d) {
  const int64_t common = std::gcd(d.stride, d.dilation);
  std::vector<Phase> phases(static_cast<size_t>(d.stride));
  for (int64_t r = 0; r < d.stride; ++r) {
    Phase& phase = phases[static_cast<size_t>(r)];
    phase.dilation = d.dilation / common;
    for (int64_t t = d.kernel - 1; t >= 0; --t) {
      const int64_t from = r + d.pad - t * d.dilation;
      if (from % d.stride != 0) continue;
      if (phase.taps.empty()) phase.first = from / d.stride;
      phase.taps.push_back(t);
    }
    // Kernel positions that read nothing but zeros are left out, so that what is left touches the input.
    const auto last = [&] { return phase.first + (static_cast<int64_t>(phase.taps.size()) - 1) * phase.dilation; };
    while (!phase.taps.empty() && phase.first + d.positions() - 1 < 0) phase.taps.erase(phase.taps.begin()), phase.first += phase.dilation;
    while (!phase.taps.empty() && last() >= d.size) phase.taps.pop_back();
    if (phase.taps.size() < 2) phase.dilation = 1;
  }
  return phases;
}

class Splitter {
 public:
  Splitter(Graph* g, const Node& n) : g_(g), n_(n), to_(g, n), p_(n.Params<ConvTranspose2dParams>()) {
    const Dims& x = g->values[static_cast<size_t>(n.inputs[0])].dims;
    h_ = {x[1], p_.kernel_h, p_.stride_h, p_.dilation_h, p_.pad_top, p_.out_h};
    w_ = {x[2], p_.kernel_w, p_.stride_w, p_.dilation_w, p_.pad_left, p_.out_w};
    weights_ = g->values[static_cast<size_t>(n.inputs[1])].As<float>();
  }

  std::vector<Node> Run() {
    const std::vector<Phase> rows = PhasesOf(h_), columns = PhasesOf(w_);
    const bool joined = p_.groups == 1 && std::all_of(columns.begin(), columns.end(),
                                                      [&](const Phase& c) { return !c.taps.empty() && Aligned(c, columns[0]); });
    const int64_t batch = ValueDims(n_.inputs[0])[0], high = h_.positions(), wide = w_.positions(), c = p_.channels_out;
    std::vector<int> lines;
    for (const Phase& row : rows) {
      std::vector<int> parts;
      for (const Phase& column : columns) {
        parts.push_back(Part(row, joined ? columns : std::vector<Phase>{column}));
        if (joined) break;
      }
      lines.push_back(to_.Reshape(to_.Concat(parts, 3), {batch, high, 1, wide * w_.stride * c}));
    }
    const int whole = to_.Reshape(to_.Concat(lines, 2), {batch, high * h_.stride, wide * w_.stride, c});
    const int rows_cut = to_.Crop(whole, 1, 0, h_.out);
    to_.Crop(rows_cut, 2, 0, w_.out);  // the last value made is the node's output
    return to_.Done();
  }

 private:
  const Dims& ValueDims(int v) const { return g_->values[static_cast<size_t>(v)].dims; }

  // Where the windows of a phase stand: the padding around the input, or, where it is less than nothing, what is cut off.
  int Place(int x, size_t axis, const Dim& d, const Phase& phase, int32_t* before, int32_t* after) {
    const int64_t end = phase.first + (d.positions() - 1) + (static_cast<int64_t>(phase.taps.size()) - 1) * phase.dilation + 1;
    *before = static_cast<int32_t>(std::max<int64_t>(-phase.first, 0));
    *after = static_cast<int32_t>(std::max<int64_t>(end - d.size, 0));
    const int64_t begin = std::max<int64_t>(phase.first, 0);
    return to_.Crop(x, axis, begin, std::min(end, d.size) - begin);
  }

  // [columns * Cout, kernel, C / groups]: column after column.
  int Weights(const Phase& row, const std::vector<Phase>& columns) {
    const Dims dims = ValueDims(n_.inputs[1]);
    std::vector<float> part;
    for (const Phase& column : columns) {
      for (int64_t o = 0; o < dims[0]; ++o) {
        for (const int64_t kh : row.taps) {
          for (const int64_t kw : column.taps) {
            const auto at = weights_.begin() + ((o * dims[1] + kh) * dims[2] + kw) * dims[3];
            part.insert(part.end(), at, at + dims[3]);
          }
        }
      }
    }
    const auto high = static_cast<int64_t>(row.taps.size()), wide = static_cast<int64_t>(columns[0].taps.size());
    return to_.Constant("_phase_weights", {dims[0] * static_cast<int64_t>(columns.size()), high, wide, dims[3]}, part);
  }

  std::vector<float> BiasOf() const {
    if (n_.inputs.size() < 3) return std::vector<float>(static_cast<size_t>(p_.channels_out), 0);
    return g_->values[static_cast<size_t>(n_.inputs[2])].As<float>();
  }

  // A phase that no kernel position reaches.
  int BiasOnly() {
    std::vector<float> bias = BiasOf(), all;
    for (float& b : bias) b = std::clamp(b, p_.clamp.lo, p_.clamp.hi);
    const int64_t batch = ValueDims(n_.inputs[0])[0];
    const int one = to_.Constant("_phase_bias", {1, 1, 1, p_.channels_out}, bias);
    return to_.Emit(Node(), "expand", {one}, {batch, h_.positions(), w_.positions(), p_.channels_out});
  }

  int Part(const Phase& row, const std::vector<Phase>& columns) {
    if (row.taps.empty() || columns[0].taps.empty()) {
      std::vector<int> parts;
      for (size_t i = 0; i < columns.size(); ++i) parts.push_back(BiasOnly());
      return to_.Concat(parts, 3);
    }
    Conv2dParams p;
    p.kernel_h = static_cast<int32_t>(row.taps.size());
    p.kernel_w = static_cast<int32_t>(columns[0].taps.size());
    p.dilation_h = static_cast<int32_t>(row.dilation);
    p.dilation_w = static_cast<int32_t>(columns[0].dilation);
    p.groups = p_.groups;
    p.channels_out = p_.channels_out * static_cast<int32_t>(columns.size());
    p.clamp = p_.clamp;
    int x = Place(n_.inputs[0], 1, h_, row, &p.pad_top, &p.pad_bottom);
    x = Place(x, 2, w_, columns[0], &p.pad_left, &p.pad_right);
    std::vector<int> inputs = {x, Weights(row, columns)};
    if (n_.inputs.size() > 2) {
      std::vector<float> bias;
      for (size_t i = 0; i < columns.size(); ++i) {
        const std::vector<float> one = BiasOf();
        bias.insert(bias.end(), one.begin(), one.end());
      }
      inputs.push_back(to_.Constant("_phase_bias", {p.channels_out}, bias));
    }
    Node node;
    node.SetParams(p);
    return to_.Emit(std::move(node), "conv2d", inputs, {ValueDims(x)[0], h_.positions(), w_.positions(), p.channels_out});
  }

  Graph* g_;
  Node n_;
  Emitter to_;
  ConvTranspose2dParams p_;
  Dim h_ = {}, w_ = {};
  std::vector<float> weights_;
};

}  // namespace

void SplitConvTranspose(Graph* g) {
  std::vector<Node> nodes;
  for (const Node& n : g->nodes) {
    const auto is_constant = [&](int v) { return g->values[static_cast<size_t>(v)].is_constant; };
    if (n.op != "conv_transpose2d" || !std::all_of(n.inputs.begin() + 1, n.inputs.end(), is_constant)) {
      nodes.push_back(n);
      continue;
    }
    std::vector<Node> parts = Splitter(g, n).Run();
    std::move(parts.begin(), parts.end(), std::back_inserter(nodes));
  }
  g->nodes = std::move(nodes);
}

}  // namespace adze::passes
