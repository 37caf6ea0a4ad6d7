// SPDX-License-Identifier: Apache-2.0
// Placing blocks of known size and lifetime in one arena: greedy placements in several orders, then a short local search if none reaches
// the lower bound. The problem is NP-hard; networks are easy cases of it.
#include "models/passes/arena.h"

#include <algorithm>
#include <numeric>

namespace adze::passes {
namespace {

// The search stops at the lower bound; this bounds its time (a few milliseconds for a hundred blocks).
constexpr int kSearchSteps = 2000;
constexpr int64_t kSearchWork = int64_t{20} << 20;  // block comparisons

bool Overlap(const Block& a, const Block& b) { return a.first <= b.last && b.first <= a.last; }

// Greedy: each block in turn goes into the smallest gap, among the blocks placed so far that live with it, that holds it.
int64_t Place(const std::vector<int>& order, std::vector<Block>* blocks) {
  std::vector<int> placed;  // ascending offset
  int64_t top = 0;
  for (int i : order) {
    Block& block = (*blocks)[i];
    int64_t best = -1, best_gap = 0, end = 0;
    for (int p : placed) {
      const Block& other = (*blocks)[p];
      if (!Overlap(block, other)) continue;
      const int64_t gap = other.offset - end;
      if (gap >= block.bytes && (best < 0 || gap < best_gap)) {
        best = end;
        best_gap = gap;
      }
      end = std::max(end, other.offset + other.bytes);
    }
    block.offset = best >= 0 ? best : end;
    top = std::max(top, block.offset + block.bytes);
    const auto at = std::upper_bound(placed.begin(), placed.end(), i, [&](int, int p) { return block.offset < (*blocks)[p].offset; });
    placed.insert(at, i);
  }
  return top;
}

// An order of all blocks by a rule; ties keep the given order, so the result is the same everywhere.
template <typename Less>
std::vector<int> OrderBy(const std::vector<Block>& blocks, const Less& less) {
  std::vector<int> order(blocks.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(), [&](int a, int b) { return less(blocks[a], blocks[b]); });
  return order;
}

std::vector<std::vector<int>> StartOrders(const std::vector<Block>& blocks) {
  const auto life = [](const Block& b) { return b.last - b.first + 1; };
  return {
      OrderBy(blocks, [](const Block& a, const Block& b) { return a.bytes > b.bytes; }),
      OrderBy(blocks, [&](const Block& a, const Block& b) { return a.bytes * life(a) > b.bytes * life(b); }),
      OrderBy(blocks, [&](const Block& a, const Block& b) { return life(a) > life(b); }),
      OrderBy(blocks, [](const Block& a, const Block& b) { return a.first < b.first; }),
      OrderBy(blocks, [](const Block& a, const Block& b) { return a.last > b.last; }),
  };
}

// A fixed sequence of numbers: the standard distributions differ between libraries.
struct Sequence {
  uint64_t state = 0x9e3779b97f4a7c15u;
  size_t Below(size_t n) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    return static_cast<size_t>((state >> 33) % n);
  }
};

}  // namespace

int64_t LivePeak(const std::vector<Block>& blocks) {
  int64_t peak = 0;
  for (const Block& at : blocks) {  // the peak is reached where some block starts
    int64_t sum = 0;
    for (const Block& b : blocks) {
      if (b.first <= at.first && at.first <= b.last) sum += b.bytes;
    }
    peak = std::max(peak, sum);
  }
  return peak;
}

int64_t PlaceBlocks(std::vector<Block>* blocks) {
  const int64_t bound = LivePeak(*blocks);
  std::vector<Block> best = *blocks;
  std::vector<int> best_order;
  int64_t best_top = -1;
  const auto attempt = [&](const std::vector<int>& order) {
    std::vector<Block> trial = *blocks;
    const int64_t top = Place(order, &trial);
    if (best_top >= 0 && top > best_top) return;
    best_top = top;
    best = std::move(trial);
    best_order = order;
  };
  for (const std::vector<int>& order : StartOrders(*blocks)) {
    if (best_top != bound) attempt(order);
  }
  Sequence random;
  const auto n = static_cast<int64_t>(blocks->size());
  const int64_t steps = n < 2 ? 0 : std::min<int64_t>(kSearchSteps, kSearchWork / (n * n));
  for (int64_t i = 0; i < steps && best_top > bound; ++i) {
    std::vector<int> order = best_order;
    const size_t from = random.Below(order.size()), to = random.Below(order.size());
    const int moved = order[from];
    order.erase(order.begin() + static_cast<std::ptrdiff_t>(from));
    order.insert(order.begin() + static_cast<std::ptrdiff_t>(to), moved);
    attempt(order);
  }
  *blocks = std::move(best);
  return best_top;
}

}  // namespace adze::passes
