// SPDX-License-Identifier: Apache-2.0
// Checking the memory plan of a file: sections, views, execution order, one writer a tensor, and that nothing live is overwritten.
#include "models/format/reader_plan.h"

#include "models/schema/header.h"

namespace adze::format {
namespace {

bool Overlap(const TensorPlan& a, const TensorPlan& b) {
  const uint64_t begin = a.begin < b.begin ? b.begin : a.begin;
  return begin < a.end && begin < b.end;
}

bool SharesBytes(const TensorPlan& a, const TensorPlan& b) {
  return Overlap(a, b) && !AreApart(a.comb, static_cast<int64_t>(a.begin), b.comb, static_cast<int64_t>(b.begin));
}

// The state of one check. Lives on the stack of CheckPlan; `plans` and `live_` are the caller's workspace.
class PlanChecker {
 public:
  PlanChecker(const Model& model, TensorPlan* plans, int32_t* live) : model_(model), plans_(plans), live_(live) {}

  Status Check() {
    (void)(PlaceTensors() && PlaceViews() && FollowOrder() && FollowMemory());
    return status_;
  }

 private:
  // Not inlined: one call a refusal instead of a Status written out.
  [[gnu::noinline]] bool Fail(Detail detail, int64_t got, int64_t want, int32_t step) {
    status_ = Error(Code::kDamagedFile, detail, got, want, step - 1);
    return false;
  }

  bool PlaceTensors() {
    for (uint32_t i = 0; i < model_.n_tensors; ++i) {
      StoredTensor t;
      const Detail detail = ReadTensor(model_, i, &t);
      if (detail != Detail::kNone) return Fail(detail, i, 0, 0);
      TensorPlan& plan = plans_[i];
      plan = {};
      plan.constant = t.storage == StorageKind::kConstant;
      plan.written = plan.constant ? -1 : kNever;
      plan.first = plan.written;
      plan.last_read = plan.last = -1;
      plan.view = t.storage == StorageKind::kView;
      plan.root = plan.view ? t.root : static_cast<int32_t>(i);
      plan.comb = CombOf(t.tensor);
      plan.begin = t.offset;
      if (__builtin_add_overflow(t.offset, t.bytes, &plan.end)) return Fail(Detail::kBadOffset, i, 0, 0);
      if (plan.view) continue;
      if (t.storage > StorageKind::kView) return Fail(Detail::kBadTensor, i, 0, 0);
      if (plan.end > (plan.constant ? model_.blob_bytes : model_.arena_bytes)) return Fail(Detail::kBadOffset, i, 0, 0);
      if (t.offset % kBlobAlignment != 0)
        return Fail(Detail::kMisaligned, static_cast<int64_t>(t.offset % kBlobAlignment), kBlobAlignment, 0);
    }
    return true;
  }

  bool PlaceViews() {
    for (uint32_t i = 0; i < model_.n_tensors; ++i) {
      TensorPlan& plan = plans_[i];
      if (!plan.view) continue;
      if (!IsIndex(plan.root) || plans_[plan.root].view) return Fail(Detail::kBadTensor, i, 0, 0);
      const TensorPlan& root = plans_[plan.root];
      StoredTensor t;
      model_.tensor(i, &t);
      if (plan.end > root.end - root.begin) return Fail(Detail::kBadOffset, i, 0, 0);
      // PlaceTensors has refused unknown dtypes: the element has bytes.
      const size_t element_bytes = DTypeBytes(t.tensor.dtype);
      if (element_bytes == 0 || plan.begin % element_bytes != 0) return Fail(Detail::kBadOffset, i, 0, 0);
      plan.begin += root.begin;
      plan.end += root.begin;
      plan.constant = root.constant;
      plan.written = root.constant ? -1 : kNever;
    }
    return true;
  }

  bool IsIndex(int32_t i) const { return i >= 0 && static_cast<uint32_t>(i) < model_.n_tensors; }

  // A tensor may be read once it, or any of its family, has been written: a concatenation is read whole and written in parts.
  bool Read(int32_t i, int32_t step) {
    if (!IsIndex(i)) return Fail(Detail::kBadNodeInput, i, model_.n_tensors, step);
    TensorPlan& root = plans_[plans_[i].root];
    if (root.first >= step) return Fail(Detail::kBadNodeOrder, i, 0, step);
    plans_[i].last_read = step;
    if (root.last < step) root.last = step;
    return true;
  }

  bool Write(int32_t i, int32_t step) {
    if (!IsIndex(i)) return Fail(Detail::kBadNodeInput, i, model_.n_tensors, step);
    TensorPlan& plan = plans_[i];
    // The session writes without gaps.
    if (plan.written != kNever || plan.comb.run == 0 || (step == 0 && plan.comb.period != 0)) return Fail(Detail::kBadTensor, i, 0, step);
    TensorPlan& root = plans_[plan.root];
    // A concatenation is written in parts: one writer a byte.
    for (uint32_t k = 0; root.first != kNever && k < model_.n_tensors; ++k) {
      const TensorPlan& other = plans_[k];
      if (other.root != plan.root || other.written == kNever) continue;
      if (SharesBytes(plan, other)) return Fail(Detail::kOverlap, i, k, step);
    }
    plan.written = step;
    if (root.first > step) root.first = step;
    if (root.last < step) root.last = step;
    return true;
  }

  bool FollowOrder() {
    for (int32_t i : model_.inputs) {
      if (!Write(i, 0)) return false;
    }
    int32_t step = 1;
    for (uint32_t n = 0; n < model_.n_nodes; ++n, ++step) {
      StoredNode node;
      model_.node(n, &node);
      for (int32_t i : node.inputs) {
        if (!Read(i, step)) return false;
      }
      for (int32_t i : node.outputs) {
        if (!Write(i, step)) return false;
      }
    }
    for (int32_t i : model_.outputs) {
      // The session reads without gaps.
      if (!Read(i, step) || ((plans_[i].comb.run == 0 || plans_[i].comb.period != 0) && !Fail(Detail::kBadTensor, i, 0, step))) {
        status_.node = -1;
        return false;
      }
    }
    return true;
  }

  // Adds the family of a tensor that step `step` writes. It may take the memory of a family that dies at the same step: then the
  // node reads the one and writes the other, and CheckPairs compares what it touches of both.
  bool Begin(int32_t i, int32_t step) {
    TensorPlan& root = plans_[plans_[i].root];
    if (root.live) return true;
    for (uint32_t k = 0; k < n_live_; ++k) {
      const TensorPlan& other = plans_[live_[k]];
      if (Overlap(root, other) && (other.last != step || step == 0)) return Fail(Detail::kOverlap, plans_[i].root, live_[k], step);
    }
    root.live = true;
    live_[n_live_++] = plans_[i].root;
    return true;
  }

  void End(int32_t step) {
    uint32_t kept = 0;
    for (uint32_t k = 0; k < n_live_; ++k) {
      if (plans_[live_[k]].last > step) live_[kept++] = live_[k];
    }
    n_live_ = kept;
  }

  bool CheckScratch(const StoredNode& node, int32_t step) {
    TensorPlan scratch = {};
    scratch.begin = node.scratch_offset;
    const bool overflow = __builtin_add_overflow(node.scratch_offset, node.scratch_bytes, &scratch.end);
    if (overflow || scratch.end > model_.arena_bytes || scratch.begin % kBlobAlignment != 0) {
      return Fail(Detail::kBadOffset, static_cast<int64_t>(node.scratch_offset), 0, step);
    }
    for (uint32_t k = 0; k < n_live_; ++k) {
      if (Overlap(scratch, plans_[live_[k]])) return Fail(Detail::kOverlap, live_[k], live_[k], step);
    }
    return true;
  }

  // May a node that writes `out` at `step` also touch `other`?
  bool CheckPair(int32_t out, int32_t other, bool other_is_input, int32_t step) {
    const TensorPlan& a = plans_[out];
    const TensorPlan& b = plans_[other];
    if (b.constant || !SharesBytes(a, b)) return true;
    const bool dense = a.comb.period == 0 && b.comb.period == 0 && b.comb.run != 0;
    const bool in_place = other_is_input && b.last_read == step && a.begin == b.begin && a.end == b.end && dense;
    if (in_place) return true;
    return Fail(Detail::kOverlap, out, other, step);
  }

  bool CheckPairs(const StoredNode& node, int32_t step) {
    for (size_t o = 0; o < node.outputs.size; ++o) {
      for (int32_t i : node.inputs) {
        if (!CheckPair(node.outputs[o], i, true, step)) return false;
      }
      for (size_t k = 0; k < o; ++k) {
        if (!CheckPair(node.outputs[o], node.outputs[k], false, step)) return false;
      }
    }
    return true;
  }

  // Runs through the steps with the list of live families.
  bool FollowMemory() {
    for (int32_t i : model_.inputs) {
      if (!Begin(i, 0)) return false;
    }
    End(0);
    for (uint32_t n = 0; n < model_.n_nodes; ++n) {
      const auto step = static_cast<int32_t>(n + 1);
      StoredNode node;
      model_.node(n, &node);
      for (int32_t i : node.outputs) {
        if (!Begin(i, step)) return false;
      }
      if (!CheckScratch(node, step)) return false;
      if (!CheckPairs(node, step)) return false;
      End(step);
    }
    return true;
  }

  const Model& model_;
  TensorPlan* plans_;
  int32_t* live_;
  uint32_t n_live_ = 0;
  Status status_;
};

}  // namespace

Status CheckPlan(const Model& model, TensorPlan* plans, int32_t* live) { return PlanChecker(model, plans, live).Check(); }

}  // namespace adze::format
