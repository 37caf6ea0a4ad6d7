// SPDX-License-Identifier: Apache-2.0
// Runs one node of a simple op on every level that this CPU has, in several memory layouts and splits, behind guard pages, and compares it
// with the reference row. Rows are found by the op's own check and key and by select(), as in a session.
#pragma once

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "kernels/catalog.h"
#include "kernels/testing/parity.h"
#include "kernels/testing/row_symbols.h"
#include "op-registry/core/select.h"

namespace adze::parity {

enum class Layout {
  kDense,
  kRowGaps,    // adjacent along the last dim, gaps behind it
  kInnerGaps,  // every third element along the last dim
  kReversed,   // the first dim innermost, as an NCHW tensor seen as NHWC or a transposed view
};
inline constexpr Layout kLayouts[] = {Layout::kDense, Layout::kRowGaps, Layout::kInnerGaps, Layout::kReversed};

// A tensor between guard pages; its gaps hold a pattern that nobody may change.
class GuardedTensor {
 public:
  GuardedTensor(DType dtype, const std::vector<int32_t>& dims, Layout layout) : buffer_(Span(dtype, dims, layout, &view)) {
    view.data = buffer_.data();
    std::memset(view.data, kGap, buffer_.size());
  }

  int64_t count() const { return ElementCount(view.shape); }

  // Address of the i-th element in row-major order.
  uint8_t* at(int64_t i) const {
    uint8_t* p = view.data;
    for (int d = view.shape.rank - 1; d >= 0; --d) {
      p += i % view.shape.dims[d] * view.strides[d];
      i /= view.shape.dims[d];
    }
    return p;
  }

  bool GapsUntouched() const {
    std::vector<bool> element(buffer_.size(), false);
    for (int64_t i = 0; i < count(); ++i) {
      for (size_t b = 0; b < DTypeBytes(view.dtype); ++b) element[static_cast<size_t>(at(i) - view.data) + b] = true;
    }
    for (size_t b = 0; b < element.size(); ++b) {
      if (!element[b] && view.data[b] != kGap) return false;
    }
    return buffer_.Intact();
  }

  Tensor view;

 private:
  static constexpr uint8_t kGap = 0xa5;

  // Fills dtype, shape and strides; returns the bytes from the first element to behind the last.
  static size_t Span(DType dtype, const std::vector<int32_t>& dims, Layout layout, Tensor* view) {
    view->dtype = dtype;
    view->shape.rank = static_cast<int32_t>(dims.size());
    const auto element = static_cast<int64_t>(DTypeBytes(dtype));
    int64_t stride = layout == Layout::kInnerGaps ? 3 * element : element;
    int64_t span = element;
    for (int i = 0; i < view->shape.rank; ++i) {
      const int d = layout == Layout::kReversed ? i : view->shape.rank - 1 - i;
      view->shape.dims[d] = dims[static_cast<size_t>(d)];
      view->strides[d] = stride;
      span += (view->shape.dims[d] - 1) * stride;
      stride *= view->shape.dims[d];
      if (layout == Layout::kRowGaps) stride += 5 * element;
    }
    return ElementCount(view->shape) == 0 ? 0 : static_cast<size_t>(span);
  }

  GuardedBuffer buffer_;
};

// The levels of this architecture that this CPU has; says which it has not, and fails on AVX-512 where the environment asks for it.
inline std::vector<Level> HostLevels() {
  std::vector<Variant<void>> all;
  for (const Level level : LevelsOfArch(kRowArch)) {
    if (level != Level::kReference) all.push_back({"all rows", level, nullptr});
  }
  std::vector<Level> levels;
  for (const Variant<void>& v : Runnable(all)) levels.push_back(v.level);
  return levels;
}

// Deterministic noise.
struct Noise {
  uint64_t state = 0x9e3779b97f4a7c15;
  uint32_t Next() {
    state = state * 6364136223846793005u + 1442695040888963407u;
    return static_cast<uint32_t>(state >> 33);
  }
};

// Float32 noise in [-4, 4); with `special`, one in 16 is a NaN, an infinity, a zero of either sign or subnormal.
inline void FillFloats(GuardedTensor* t, Noise* noise, bool special) {
  static constexpr float kSpecial[] = {NAN, INFINITY, -INFINITY, -0.0f, 0.0f, 1e-40f};
  for (int64_t i = 0; i < t->count(); ++i) {
    float v = static_cast<float>(noise->Next() % 65536) / 8192.0f - 4.0f;
    if (special && noise->Next() % 16 == 0) v = kSpecial[noise->Next() % 6];
    std::memcpy(t->at(i), &v, sizeof(v));
  }
}

// Indices into `limit` elements: from the start, from the end, and one in 16 outside.
inline void FillIndices(GuardedTensor* t, Noise* noise, int32_t limit) {
  for (int64_t i = 0; i < t->count(); ++i) {
    const bool outside = noise->Next() % 16 == 0;
    const int64_t v = outside ? (noise->Next() % 2 == 0 ? limit : -limit - 1) : static_cast<int64_t>(noise->Next() % (2 * limit)) - limit;
    const auto narrow = static_cast<int32_t>(v);
    std::memcpy(t->at(i), t->view.dtype == DType::kI64 ? static_cast<const void*>(&v) : &narrow, DTypeBytes(t->view.dtype));
  }
}

inline void FillBytes(GuardedTensor* t, Noise* noise) {
  for (int64_t i = 0; i < t->count(); ++i) {
    for (size_t b = 0; b < DTypeBytes(t->view.dtype); ++b) t->at(i)[b] = static_cast<uint8_t>(noise->Next());
  }
}

struct OperandType {
  DType dtype;
  std::vector<int32_t> dims;
};

// One node: what is fixed over all runs of it.
struct NodeCase {
  std::string op;
  std::vector<uint8_t> params;
  std::vector<OperandType> in;
  OperandType out;
  bool special = true;       // feed NaNs and infinities
  float tolerance = 0;       // relative, plus `tolerance` absolute below 1; 0: the same value (NaN is NaN, 0 is -0)
  bool in_place = false;     // also run with y in x's memory
  bool inner_dense = false;  // only in layouts whose last dim is adjacent: the op's kernels ask for that
  int32_t index_limit = 0;   // above 0: int32 and int64 inputs hold -limit .. limit - 1 and a few beyond, not any bits
};

template <typename T>
std::vector<uint8_t> ParamBytes(const T& params) {
  std::vector<uint8_t> bytes(sizeof(T));
  std::memcpy(bytes.data(), &params, sizeof(T));
  return bytes;
}

struct FullTable {
  std::vector<uint8_t> bytes = SerializeRows(Catalog());
  RowTable table{bytes.data(), static_cast<int>(Catalog().size()), nullptr};
};

// Checks the node with its op, selects at `level` and runs. Returns the kernel row's name; fails the test where there is none.
inline std::string RunNode(const NodeCase& node, const std::vector<Tensor>& in, const Tensor& out, Level level, size_t parts) {
  static const FullTable full;
  std::vector<const Tensor*> inputs;
  for (const Tensor& t : in) inputs.push_back(&t);
  const Tensor* const outputs[] = {&out};
  const NodeArgs check = {
      inputs.data(), outputs, static_cast<int32_t>(inputs.size()), 1, node.params.data(), static_cast<uint32_t>(node.params.size())};
  const auto* op = static_cast<const OpDef*>(SymbolOf("op_" + node.op));
  TensorType want;
  const Status status = op->infer(check, &want);
  EXPECT_TRUE(status.ok()) << node.op << ": the test's node is refused, detail " << static_cast<int>(status.detail);
  EXPECT_TRUE(want.shape == out.shape && want.dtype == out.dtype) << node.op << ": the test's output is not the op's";
  if (!status.ok()) return "";
  Key key;
  op->key(check, &key);
  const Selection s = Select(full.table, key, level);
  EXPECT_TRUE(s.complete()) << node.op << " has no rows at " << LevelName(level);
  if (!s.complete()) return "";
  std::string name = Catalog()[static_cast<size_t>(s.kernel)].name;
  const void* ukernels[kMaxNeeds] = {};
  for (int i = 0; i < s.n_ukernels; ++i) ukernels[i] = SymbolOf(Catalog()[static_cast<size_t>(s.ukernels[i])].name);
  GuardedBuffer scratch(static_cast<size_t>((s.scratch_bytes + 63) / 64 * 64));
  std::memset(scratch.data(), 0xff, scratch.size());    // NaN as floats
  std::vector<uint8_t> params(node.params.size() + 1);  // params have no alignment
  std::copy(node.params.begin(), node.params.end(), params.begin() + 1);
  const SplitParallel parallel(parts);
  const KernelArgs args = {inputs.data(),  outputs,       static_cast<int32_t>(inputs.size()), 1, params.data() + 1, ukernels,
                           scratch.data(), &parallel.base};
  static_cast<const Kernel*>(SymbolOf(name))->run(args);
  for (auto i = static_cast<size_t>(s.scratch_bytes); i < scratch.size(); ++i)
    EXPECT_EQ(scratch.data()[i], 0xff) << name << " wrote past its scratch";
  return name;
}

template <typename T>
bool BothNan(const uint8_t* a, const uint8_t* b) {
  T x;
  T y;
  std::memcpy(&x, a, sizeof(x));
  std::memcpy(&y, b, sizeof(y));
  return std::isnan(x) && std::isnan(y);
}

inline bool SameValue(DType dtype, const uint8_t* got, const uint8_t* want, float tolerance) {
  if (dtype == DType::kF64 && BothNan<double>(got, want)) return true;
  if (dtype != DType::kF32) return std::memcmp(got, want, DTypeBytes(dtype)) == 0;
  float g;
  float w;
  std::memcpy(&g, got, sizeof(g));
  std::memcpy(&w, want, sizeof(w));
  if (std::isnan(w) || std::isnan(g)) return std::isnan(w) && std::isnan(g);
  if (g == w) return true;
  return std::fabs(g - w) <= tolerance * std::fmax(1.0f, std::fabs(w));
}

inline void ExpectElements(const GuardedTensor& got, const GuardedTensor& want, float tolerance, const std::string& what) {
  for (int64_t i = 0; i < want.count(); ++i) {
    if (SameValue(want.view.dtype, got.at(i), want.at(i), tolerance)) continue;
    float g = 0;
    float w = 0;
    std::memcpy(&g, got.at(i), std::min(sizeof(g), DTypeBytes(want.view.dtype)));
    std::memcpy(&w, want.at(i), std::min(sizeof(w), DTypeBytes(want.view.dtype)));
    FAIL() << what << ": element " << i << " is " << g << ", the reference gives " << w;
  }
}

inline void ExpectSameBits(const GuardedTensor& got, const GuardedTensor& want, const std::string& what) {
  for (int64_t i = 0; i < want.count(); ++i) {
    ASSERT_EQ(std::memcmp(got.at(i), want.at(i), DTypeBytes(want.view.dtype)), 0) << what << ": element " << i << " differs between splits";
  }
}

using Tensors = std::vector<std::unique_ptr<GuardedTensor>>;

inline Tensors MakeInputs(const NodeCase& node, Layout layout) {
  Noise noise;  // the same values in every layout
  Tensors in;
  for (const OperandType& t : node.in) {
    in.push_back(std::make_unique<GuardedTensor>(t.dtype, t.dims, layout));
    if (t.dtype == DType::kF32) {
      FillFloats(in.back().get(), &noise, node.special);
    } else if (node.index_limit > 0 && (t.dtype == DType::kI32 || t.dtype == DType::kI64)) {
      FillIndices(in.back().get(), &noise, node.index_limit);
    } else {
      FillBytes(in.back().get(), &noise);
    }
  }
  return in;
}

inline std::vector<Tensor> ViewsOf(const Tensors& tensors) {
  std::vector<Tensor> views;
  for (const auto& t : tensors) views.push_back(t->view);
  return views;
}

inline std::string Describe(const NodeCase& node, Layout in, Layout out, Level level, size_t parts) {
  std::string s = node.op + " [";
  for (const OperandType& t : node.in) {
    for (const int32_t d : t.dims) s += std::to_string(d) + ",";
    s += ";";
  }
  return s + "] layouts " + std::to_string(static_cast<int>(in)) + ">" + std::to_string(static_cast<int>(out)) + " " + LevelName(level) +
         " in " + std::to_string(parts) + " parts";
}

// Every pair of layouts, level and split.
inline void CheckNode(const NodeCase& node) {
  GuardedTensor want(node.out.dtype, node.out.dims, Layout::kDense);
  const std::string reference = RunNode(node, ViewsOf(MakeInputs(node, Layout::kRowGaps)), want.view, Level::kReference, 1);
  ASSERT_NE(reference, "");
  static const std::vector<Level> levels = HostLevels();
  const auto left_out = [&](Layout layout) { return node.inner_dense && (layout == Layout::kInnerGaps || layout == Layout::kReversed); };
  for (const Layout in_layout : kLayouts) {
    if (left_out(in_layout)) continue;
    const Tensors in = MakeInputs(node, in_layout);
    for (const Layout out_layout : kLayouts) {
      if (left_out(out_layout)) continue;
      for (const Level level : levels) {
        GuardedTensor whole(node.out.dtype, node.out.dims, out_layout);
        RunNode(node, ViewsOf(in), whole.view, level, 1);
        const std::string what = Describe(node, in_layout, out_layout, level, 1);
        ExpectElements(whole, want, node.tolerance, what);
        EXPECT_TRUE(whole.GapsUntouched()) << what << " writes between the elements";
        for (const size_t parts : {2, 3, 7}) {
          GuardedTensor split(node.out.dtype, node.out.dims, out_layout);
          RunNode(node, ViewsOf(in), split.view, level, parts);
          ExpectSameBits(split, whole, Describe(node, in_layout, out_layout, level, parts));
        }
        if (node.in_place) {
          const Tensors same = MakeInputs(node, out_layout);
          RunNode(node, ViewsOf(same), same[0]->view, level, 2);
          ExpectElements(*same[0], want, node.tolerance, what + " in place");
        }
        if (::testing::Test::HasFatalFailure() || ::testing::Test::HasNonfatalFailure()) return;
      }
    }
  }
}

}  // namespace adze::parity
