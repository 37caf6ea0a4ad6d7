// SPDX-License-Identifier: Apache-2.0
// The toy ops, their kernels and the manifest that names them.
#include "runtime/testing/tiny_table.h"

#include <algorithm>
#include <cstring>

#include "kernels/contract/kernel.h"
#include "models/testing/tiny_model.h"
#include "op-registry/core/op.h"
#include "runtime/session/manifest.h"

namespace adze {
namespace {

struct ToyAdd {
  float (*add)(float a, float b);
};

void SetTypes(const char* op, const NodeArgs& node, Key* key) {
  key->op = op;
  key->n_types = 1;
  key->types[0] = node.in[0]->dtype;
  SetCommonFeatures(node, key);
}

Status InferScale(const NodeArgs& node, TensorType* out) {
  ADZE_RETURN_IF_ERROR(CheckArity(node, 1, 1, 1));
  testing::ScaleParams params;
  ADZE_RETURN_IF_ERROR(ReadParams(node, &params));
  if (!(params.factor >= 0)) return Damaged(Detail::kParamsValue, -1);
  out[0] = {node.in[0]->dtype, node.in[0]->shape};
  return OkStatus();
}
void KeyScale(const NodeArgs& node, Key* key) { SetTypes("scale", node, key); }
constexpr OpDef kScale = {"scale", InferScale, KeyScale};

Status InferSum2(const NodeArgs& node, TensorType* out) {
  ADZE_RETURN_IF_ERROR(CheckArity(node, 2, 2, 1));
  if (node.params_bytes != 0) return Damaged(Detail::kParamsSize, node.params_bytes, 0);
  if (node.in[0]->dtype != node.in[1]->dtype) {
    return Damaged(Detail::kDTypeMismatch, static_cast<int64_t>(node.in[1]->dtype), static_cast<int64_t>(node.in[0]->dtype));
  }
  if (node.in[0]->shape != node.in[1]->shape) return Damaged(Detail::kRank, node.in[1]->shape.rank, node.in[0]->shape.rank);
  out[0] = {node.in[0]->dtype, node.in[0]->shape};
  return OkStatus();
}
void KeySum2(const NodeArgs& node, Key* key) { SetTypes("sum2", node, key); }
constexpr OpDef kSum2 = {"sum2", InferSum2, KeySum2};

// Element `i`, row-major, of any strided tensor.
float* At(const Tensor& t, size_t i) {
  uint8_t* p = t.data;
  for (int d = t.shape.rank - 1; d >= 0; --d) {
    const auto n = static_cast<size_t>(t.dim(d));
    p += static_cast<int64_t>(i % n) * t.strides[d];
    i /= n;
  }
  return reinterpret_cast<float*>(p);
}

void RunScale(const KernelArgs& args) {
  const float factor = ParamsOf<testing::ScaleParams>(args.params).factor;
  std::memset(args.scratch, 0xff, 64);
  ParallelFor(args, static_cast<size_t>(ElementCount(args.out[0]->shape)), 1, [&](size_t begin, size_t end) {
    for (size_t i = begin; i < end; ++i) *At(*args.out[0], i) = factor * *At(*args.in[0], i);
  });
}
constexpr Kernel kScaleKernel = {RunScale};

void RunSum2(const KernelArgs& args) {
  const auto* toy = static_cast<const ToyAdd*>(args.ukernels[0]);
  ParallelFor(args, static_cast<size_t>(ElementCount(args.out[0]->shape)), 4, [&](size_t begin, size_t end) {
    for (size_t i = begin; i < end; ++i) *At(*args.out[0], i) = toy->add(*At(*args.in[0], i), *At(*args.in[1], i));
  });
}
constexpr Kernel kSum2Kernel = {RunSum2};

float Add(float a, float b) { return a + b; }
constexpr ToyAdd kToyNeon = {Add}, kToyScalar = {Add}, kToyAvx2 = {Add};

struct Row {
  RowKind kind;
  Level level;
  std::string name, op;
  std::vector<DType> types;
  std::vector<std::string> needs;
  Expr when, cost, scratch;
};

std::vector<Row> AllRows() {
  const std::vector<DType> f32 = {DType::kF32};
  return {
      {RowKind::kOp, Level::kAny, "op_scale", "scale", {}, {}, {}, {}, {}},
      {RowKind::kOp, Level::kAny, "op_sum2", "sum2", {}, {}, {}, {}, {}},
      {RowKind::kKernel, Level::kAny, "scale_f32__any", "scale", f32, {}, {}, Expr(1), Expr(64)},
      {RowKind::kKernel, Level::kAny, "sum2_f32__any", "sum2", f32, {"toyadd_f32"}, {}, Expr(1), {}},
      {RowKind::kUkernel, Level::kNeon, "toyadd_f32__neon", "", {}, {}, {}, Expr(1), {}},
      {RowKind::kUkernel, Level::kScalar, "toyadd_f32__scalar", "", {}, {}, {}, Expr(9), {}},
      {RowKind::kUkernel, Level::kAvx2, "toyadd_f32__avx2", "", {}, {}, {}, Expr(1), {}},
  };
}

void AppendText(std::vector<uint8_t>* out, const std::string& s) { out->insert(out->end(), s.begin(), s.end()); }

void AppendCode(std::vector<uint8_t>* out, const Expr& e) { out->insert(out->end(), e.code, e.code + e.size); }

void AppendRow(std::vector<uint8_t>* out, const Row& row) {
  for (size_t n :
       {static_cast<size_t>(row.kind), static_cast<size_t>(row.level), row.name.size(), row.op.size(), row.types.size(), row.needs.size(),
        static_cast<size_t>(row.when.size), static_cast<size_t>(row.cost.size), static_cast<size_t>(row.scratch.size)}) {
    out->push_back(static_cast<uint8_t>(n));
  }
  AppendText(out, row.name);
  AppendText(out, row.op);
  for (DType t : row.types) out->push_back(static_cast<uint8_t>(t));
  for (const std::string& need : row.needs) {
    out->push_back(static_cast<uint8_t>(need.size()));
    AppendText(out, need);
  }
  AppendCode(out, row.when);
  AppendCode(out, row.cost);
  AppendCode(out, row.scratch);
}

alignas(8) uint8_t g_manifest[1024];

}  // namespace

extern const ManifestHeader* const kManifest = reinterpret_cast<const ManifestHeader*>(g_manifest);
extern const void* const kManifestEntries[] = {&kScale, &kSum2, &kScaleKernel, &kSum2Kernel, &kToyNeon, &kToyScalar, &kToyAvx2};

namespace testing {

void SetTinyTable(const std::vector<Level>& levels, const std::vector<std::string>& without) {
  std::vector<uint8_t> bytes;
  ManifestHeader header = {};
  header.version = kManifestVersion;
  for (uint8_t i = 0; i < 16; ++i) header.crop_id[i] = static_cast<uint8_t>(17 * i);
  header.n_levels = static_cast<uint8_t>(levels.size());
  for (size_t i = 0; i < levels.size(); ++i) header.levels[i] = static_cast<uint8_t>(levels[i]);
  for (Row row : AllRows()) {
    // A row that is gone keeps its place, so that the entries stay where they are, but nothing finds it.
    if (std::find(without.begin(), without.end(), row.name) != without.end()) {
      row.when = Expr(0);
      row.op = row.name = "absent";
    }
    AppendRow(&bytes, row);
    ++header.n_rows;
  }
  header.rows_bytes = static_cast<uint32_t>(bytes.size());
  std::memcpy(g_manifest, &header, sizeof(header));
  std::memcpy(g_manifest + sizeof(header), bytes.data(), bytes.size());
}

}  // namespace testing
}  // namespace adze
