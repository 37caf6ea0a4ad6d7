// SPDX-License-Identifier: Apache-2.0
// Moving a value, with all that shows its bytes, into the bytes of another value.
#pragma once

#include <optional>
#include <vector>

#include "models/graph/graph.h"
#include "op-registry/core/select.h"

namespace adze::passes {

// `view` shows elements of a dense value of dims `dims`; that value becomes `target` (same dims, other root). What becomes of `view`? Nothing
// where its dims cross the gaps of `target`.
std::optional<graph::View> ComposeViews(const graph::Value& view, const std::vector<int64_t>& dims, const graph::View& target);

// Moves families of values one by one, and takes all of it back unless Keep is called: a try.
class ViewMoves {
 public:
  explicit ViewMoves(graph::Graph* g) : g_(g) {}
  ~ViewMoves();
  ViewMoves(const ViewMoves&) = delete;
  ViewMoves& operator=(const ViewMoves&) = delete;

  // The bytes of `value` and of all that shares them become those of `target`, in which `value` has its place. False, with nothing
  // changed, where a member cannot follow: a graph input, a constant, an output that would get gaps, a view across gaps, or where `value` is only
  // a part of its root.
  bool Move(int value, const graph::View& target);

  // Would all nodes that touch moved values run by the same rows as before, on runs that are worth their calls, and would the memory live at once
  // not grow?
  bool IsWorthwhile() const;

  void Keep() { saved_.clear(); }

 private:
  struct Saved {
    int value;
    graph::View view;
  };
  struct Rows {
    size_t node;
    std::vector<Selection> rows;
  };
  graph::Graph* g_;
  std::vector<Saved> saved_;
  std::vector<Rows> rows_;   // of the nodes concerned, before the moves
  int64_t live_bytes_ = -1;  // before the first move
};

}  // namespace adze::passes
