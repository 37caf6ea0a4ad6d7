// SPDX-License-Identifier: Apache-2.0
// Moving a value into the bytes of another.
#include "models/passes/views.h"

#include <algorithm>

#include "models/passes/arena.h"
#include "models/passes/node_rows.h"
#include "models/passes/rewrite.h"

namespace adze::passes {
namespace {

using graph::Graph;
using graph::Node;
using graph::Value;
using graph::View;

// A kernel that walks elements pays about 15 ns for each run of adjacent ones; below this many, what a copy saves is lost again.
constexpr int64_t kLeastRun = 16;

// Adjacent dims of a dense value that stay one run of equal steps in the target.
struct Group {
  int64_t from;  // bytes of a step in the dense value
  int64_t to;    // and in the target
  int64_t steps;
};

// Innermost first; dims of 1 are left out.
std::vector<Group> GroupsOf(const std::vector<int64_t>& dims, int64_t element_bytes, const View& target) {
  std::vector<Group> groups;
  int64_t from = element_bytes;
  for (size_t d = dims.size(); d-- > 0; from *= dims[d]) {
    if (dims[d] == 1) continue;
    const int64_t to = target.strides[d];
    if (!groups.empty() && to == groups.back().to * groups.back().steps) {
      groups.back().steps *= dims[d];
    } else {
      groups.push_back({from, to, dims[d]});
    }
  }
  return groups;
}

// Elements that lie adjacent, the longest run of trailing dims.
int64_t RunOf(const Value& v) {
  const std::vector<int64_t> strides = StridesOf(v);
  int64_t run = 1;
  for (size_t d = v.dims.size(); d-- > 0;) {
    if (v.dims[d] == 1) continue;
    if (strides[d] != run * static_cast<int64_t>(DTypeBytes(v.dtype))) break;
    run *= v.dims[d];
  }
  return run;
}

// Ops whose kernels step from pixel to pixel, or row to row, anyway: gaps cost them nothing.
bool MindsNoGaps(const Node& n) {
  return n.op == "conv2d" || n.op == "pool2d" || n.op == "resize_nearest" || n.op == "fully_connected" || n.op == "matmul" ||
         n.op == "softmax";
}

template <typename F>
void ForEachNodeOf(const Graph& g, int value, const F& f) {
  for (size_t i = 0; i < g.nodes.size(); ++i) {
    const Node& n = g.nodes[i];
    const bool touches = std::count(n.inputs.begin(), n.inputs.end(), value) + std::count(n.outputs.begin(), n.outputs.end(), value) > 0;
    if (touches && !IsErased(n)) f(i);
  }
}

}  // namespace

std::optional<View> ComposeViews(const Value& view, const std::vector<int64_t>& dims, const View& target) {
  const auto element_bytes = static_cast<int64_t>(DTypeBytes(view.dtype));
  const std::vector<Group> groups = GroupsOf(dims, element_bytes, target);
  const std::vector<int64_t> strides = StridesOf(view);
  View composed;
  composed.root = target.root;
  composed.offset_bytes = target.offset_bytes;
  std::vector<int64_t> last(groups.size());  // the farthest step in each group
  int64_t offset = view.view.root < 0 ? 0 : view.view.offset_bytes;
  for (size_t k = groups.size(); k-- > 0;) {
    last[k] = offset / groups[k].from;
    offset -= last[k] * groups[k].from;
    composed.offset_bytes += last[k] * groups[k].to;
  }
  if (offset != 0) return std::nullopt;
  composed.strides.resize(view.dims.size());
  for (size_t d = 0; d < view.dims.size(); ++d) {
    if (view.dims[d] < 2) continue;
    size_t k = groups.size();
    while (k > 0 && groups[k - 1].from > strides[d]) --k;
    if (k == 0 || strides[d] == 0 || strides[d] % groups[k - 1].from != 0) return std::nullopt;
    const int64_t steps = strides[d] / groups[k - 1].from;
    composed.strides[d] = steps * groups[k - 1].to;
    last[k - 1] += steps * (view.dims[d] - 1);
  }
  for (size_t k = 0; k < groups.size(); ++k) {
    if (last[k] >= groups[k].steps) return std::nullopt;
  }
  // Dims of 1 get what they would have in a dense tensor around the inner ones.
  int64_t around = element_bytes;
  for (size_t d = view.dims.size(); d-- > 0; around = composed.strides[d] * view.dims[d]) {
    if (view.dims[d] < 2) composed.strides[d] = around;
  }
  return composed;
}

ViewMoves::~ViewMoves() {
  for (auto it = saved_.rbegin(); it != saved_.rend(); ++it) g_->values[it->value].view = it->view;
}

bool ViewMoves::Move(int value, const View& target) {
  const Value& moved = g_->values[value];
  const int root = moved.view.root >= 0 ? moved.view.root : value;
  const bool whole = IsDenseValue(moved) && moved.view.offset_bytes == 0 && moved.Bytes() == g_->values[root].Bytes();
  if (!whole || root == target.root || g_->values[root].is_constant || moved.Elements() == 0) return false;
  if (std::count(g_->inputs.begin(), g_->inputs.end(), root) != 0) return false;
  const std::vector<int64_t> dims = moved.dims;
  std::vector<Saved> members;
  for (size_t v = 0; v < g_->values.size(); ++v) {
    const int i = static_cast<int>(v);
    if (i != root && g_->values[v].view.root != root) continue;
    if (g_->values[v].dtype != moved.dtype || std::count(g_->inputs.begin(), g_->inputs.end(), i) != 0) return false;
    std::optional<View> view = ComposeViews(g_->values[v], dims, target);
    if (!view) return false;
    Value after = g_->values[v];
    after.view = *view;
    if (std::count(g_->outputs.begin(), g_->outputs.end(), i) != 0 && !IsDenseValue(after)) return false;
    members.push_back({i, *view});
  }
  if (live_bytes_ < 0) live_bytes_ = LiveBytesPeak(*g_);
  for (Saved& member : members) {
    ForEachNodeOf(*g_, member.value, [&](size_t n) {
      const bool known = std::any_of(rows_.begin(), rows_.end(), [&](const Rows& r) { return r.node == n; });
      if (!known) rows_.push_back({n, RowsOf(*g_, g_->nodes[n])});
    });
  }
  for (Saved& member : members) {
    std::swap(g_->values[member.value].view, member.view);
    saved_.push_back(member);
  }
  return true;
}

bool ViewMoves::IsWorthwhile() const {
  for (const Rows& before : rows_) {
    const Node& n = g_->nodes[before.node];
    if (IsErased(n)) continue;
    if (!SameRows(before.rows, RowsOf(*g_, n))) return false;
    if (MindsNoGaps(n)) continue;
    for (const Saved& moved : saved_) {
      const bool touches =
          std::count(n.inputs.begin(), n.inputs.end(), moved.value) + std::count(n.outputs.begin(), n.outputs.end(), moved.value) > 0;
      const int64_t run = RunOf(g_->values[moved.value]);
      if (touches && run < kLeastRun && run < g_->values[moved.value].Elements()) return false;
    }
  }
  return LiveBytesPeak(*g_) <= live_bytes_;
}

}  // namespace adze::passes
