// SPDX-License-Identifier: Apache-2.0
// Weights that are stored sparsely become dense: a tree of levels, one a dim, each dense or with a list of the places that are there (TACO's format).
#include <algorithm>
#include <numeric>

#include "models/import/tflite/context.h"

namespace adze::import {
namespace {

std::vector<int64_t> Numbers(const tflite::SparseDim& dim, bool segments) {
  const auto copy = [](const auto* table) {
    if (table == nullptr || table->values() == nullptr) return std::vector<int64_t>();
    return std::vector<int64_t>(table->values()->begin(), table->values()->end());
  };
  switch (segments ? dim.segments_type() : dim.indices_type()) {
    case tflite::IndexVector_Int32Vector: return copy(segments ? dim.segments_as_Int32Vector() : dim.indices_as_Int32Vector());
    case tflite::IndexVector_Uint16Vector: return copy(segments ? dim.segments_as_Uint16Vector() : dim.indices_as_Uint16Vector());
    case tflite::IndexVector_Uint8Vector: return copy(segments ? dim.segments_as_Uint8Vector() : dim.indices_as_Uint8Vector());
    default: return {};
  }
}

struct Level {
  int64_t size = 0;
  bool sparse = false;
  std::vector<int64_t> segments, indices;
  int64_t stride = 0;  // of the dense tensor, in elements
};

class Sparse {
 public:
  Sparse(const tflite::Sparsity& stored, const Dims& dims) : elements_(ProductOf(dims, 0, dims.size())) {
    const size_t count = stored.dims() == nullptr ? 0 : stored.dims()->size();
    const size_t blocks = stored.block_map() == nullptr ? 0 : stored.block_map()->size();
    Require(count == dims.size() + blocks && stored.traversal_order() != nullptr && stored.traversal_order()->size() == count);
    std::vector<size_t> order(stored.traversal_order()->begin(), stored.traversal_order()->end());
    std::vector<size_t> sorted = order, all(count);
    std::iota(all.begin(), all.end(), size_t{0});
    std::sort(sorted.begin(), sorted.end());
    Require(sorted == all);
    for (size_t l = 0; l < count; ++l) levels_.push_back(ReadLevel(stored.dims()->Get(static_cast<uint32_t>(l))));
    SetStrides(stored, dims, order);
  }

  // The places of all stored elements, in their order.
  std::vector<int64_t> Places() {
    Walk(0, 0, 0);
    return std::move(places_);
  }

 private:
  static void Require(bool sound) {
    if (!sound) throw DamageError("it is stored sparsely in a way that contradicts itself");
  }

  static Level ReadLevel(const tflite::SparseDim* dim) {
    Require(dim != nullptr);
    Level level;
    level.sparse = dim->is_sparse() != 0;
    level.size = dim->dense_size();
    if (!level.sparse) return level;
    level.segments = Numbers(*dim, true);
    level.indices = Numbers(*dim, false);
    for (size_t i = 0; i + 1 < level.segments.size(); ++i) Require(level.segments[i] <= level.segments[i + 1]);
    Require(!level.segments.empty() && level.segments.front() >= 0 && level.segments.back() <= static_cast<int64_t>(level.indices.size()));
    return level;
  }

  // A dim that is divided into blocks strides by whole ones. Sizes of sparse levels follow from the shape.
  void SetStrides(const tflite::Sparsity& stored, const Dims& dims, const std::vector<size_t>& order) {
    std::vector<int64_t> block(dims.size(), 1);
    std::vector<Level*> of(order.size());
    for (size_t l = 0; l < order.size(); ++l) of[order[l]] = &levels_[l];
    std::vector<int64_t> dense(dims.size(), 1);
    for (size_t d = dims.size(); d-- > 1;) dense[d - 1] = dense[d] * dims[d];
    for (size_t b = dims.size(); b < order.size(); ++b) {
      const int64_t d = stored.block_map()->Get(static_cast<uint32_t>(b - dims.size()));
      Require(d >= 0 && d < static_cast<int64_t>(dims.size()) && block[static_cast<size_t>(d)] == 1 && !of[b]->sparse && of[b]->size > 0);
      block[static_cast<size_t>(d)] = of[b]->size;
      of[b]->stride = dense[static_cast<size_t>(d)];
    }
    for (size_t d = 0; d < dims.size(); ++d) {
      Require(dims[d] % block[d] == 0);
      if (of[d]->sparse) of[d]->size = dims[d] / block[d];
      Require(of[d]->size == dims[d] / block[d]);
      of[d]->stride = dense[d] * block[d];
    }
  }

  void Walk(size_t l, int64_t position, int64_t place) {
    if (l == levels_.size()) {
      Require(static_cast<int64_t>(places_.size()) < elements_);
      places_.push_back(place);
      return;
    }
    const Level& level = levels_[l];
    if (!level.sparse) {
      for (int64_t i = 0; i < level.size; ++i) Walk(l + 1, position * level.size + i, place + i * level.stride);
      return;
    }
    Require(position + 1 < static_cast<int64_t>(level.segments.size()));
    const auto at = static_cast<size_t>(position);
    for (int64_t k = level.segments[at]; k < level.segments[at + 1]; ++k) {
      const int64_t index = level.indices[static_cast<size_t>(k)];
      Require(index >= 0 && index < level.size);
      Walk(l + 1, k, place + index * level.stride);
    }
  }

  int64_t elements_;
  std::vector<Level> levels_;
  std::vector<int64_t> places_;
};

// What the interpreter makes of a sparse constant; here they are dense already.
void Densify(TfliteNode& node) { node.SetOutput(node.ConstantInput(0, "the sparse tensor")); }

}  // namespace

Bytes DenseBytes(const tflite::Sparsity& sparsity, const Dims& dims, DType dtype, const Bytes& stored) {
  const auto element = static_cast<int64_t>(DTypeBytes(dtype));
  Bytes dense(static_cast<size_t>(CheckedElements(dims, dtype) * element), 0);
  const std::vector<int64_t> places = Sparse(sparsity, dims).Places();
  if (static_cast<int64_t>(places.size()) * element != static_cast<int64_t>(stored.size())) {
    throw DamageError("it is stored sparsely with " + std::to_string(places.size()) + " elements, but has " +
                      std::to_string(stored.size()) + " bytes");
  }
  for (size_t i = 0; i < places.size(); ++i) {
    std::copy_n(stored.begin() + static_cast<int64_t>(i) * element, element, dense.begin() + places[i] * element);
  }
  return dense;
}

std::vector<TfliteOp> TfliteSparseOps() { return {{124, "DENSIFY", Densify}}; }

}  // namespace adze::import
