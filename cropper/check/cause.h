// SPDX-License-Identifier: Apache-2.0
// Why one crop is larger than another: what came, left and changed, and which nodes of which models asked for it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "cropper/check/metric.h"

namespace adze::check {

enum class Move : uint8_t { kCame, kLeft, kChanged };

// "came", "left", "changed".
const char* MoveName(Move move);

// Who asks for a row.
struct AskedBy {
  std::string row;  // "gemm_f32__avx2_6x16"
  size::Asker asker;
  bool is_new = false;  // the baseline has no such asker of this row
};

struct Cause {
  Move move = Move::kChanged;
  std::string name;  // as in `cropper size --by row`; of memory: a model
  uint64_t before = 0, after = 0;
  std::vector<std::string> units;  // those whose bytes came, left or changed
  std::vector<AskedBy> asked_by;   // in the crop; of what left: in the baseline
  int64_t Change() const { return static_cast<int64_t>(after) - static_cast<int64_t>(before); }
};

// What makes up the change of `metric` from `before` to `after`: the sum of the causes' changes is exactly that. Largest growth first. Of the
// compressed size: causes of the file's change, since a compressed byte belongs to nobody.
std::vector<Cause> Causes(const size::SizeRecord& before, const size::SizeRecord& after, Metric metric);

// What takes most of `metric` in one crop: causes with nothing before. At most `n`, largest first.
std::vector<Cause> Largest(const size::SizeRecord& record, Metric metric, size_t n);

// "face.adze, node 3 'conv1' (conv2d) and 4 more nodes at avx2, avx512".
std::string AskerText(const size::Asker& asker);

}  // namespace adze::check
