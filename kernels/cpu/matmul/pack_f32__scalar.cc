// SPDX-License-Identifier: Apache-2.0
// Micro-kernel pack_f32 for any CPU. Blocks of 4 x 4 in the compiler's own vectors: a panel is written once and read for every tile of
// rows, so that wider vectors would gain little (attention over 128 tokens packs 32 floats for every 128 products).
#include "kernels/contract/pack.h"

#include <cstring>

#include "op-registry/core/packing.h"

namespace adze {
namespace {

typedef float Vector __attribute__((vector_size(16)));

Vector Load(const uint8_t* p) {
  Vector v;
  std::memcpy(&v, p, sizeof(v));
  return v;
}

void Store(float* p, Vector v) { std::memcpy(p, &v, sizeof(v)); }

// Rows of the matrix lie as rows of the panel do.
void PackRows(const PackF32Run& run) {
  const uint8_t* b = run.b;
  float* to = run.panel;
  for (size_t k = run.k; k > 0; --k) {
    for (int n = 0; n < kPanelColumns; n += 4) Store(to + n, Load(b + n * sizeof(float)));
    b += run.k_stride;
    to += kPanelColumns;
  }
}

// Columns are adjacent: four of them, four elements each, turned at a time.
void PackColumns(const PackF32Run& run) {
  for (int n = 0; n < kPanelColumns; n += 4) {
    const uint8_t* b = run.b + n * run.n_stride;
    float* to = run.panel + n;
    for (size_t k = 0; k < run.k; k += 4) {
      const Vector r0 = Load(b), r1 = Load(b + run.n_stride), r2 = Load(b + 2 * run.n_stride), r3 = Load(b + 3 * run.n_stride);
      const Vector low01 = __builtin_shufflevector(r0, r1, 0, 4, 1, 5), high01 = __builtin_shufflevector(r0, r1, 2, 6, 3, 7);
      const Vector low23 = __builtin_shufflevector(r2, r3, 0, 4, 1, 5), high23 = __builtin_shufflevector(r2, r3, 2, 6, 3, 7);
      Store(to, __builtin_shufflevector(low01, low23, 0, 1, 4, 5));
      Store(to + kPanelColumns, __builtin_shufflevector(low01, low23, 2, 3, 6, 7));
      Store(to + 2 * kPanelColumns, __builtin_shufflevector(high01, high23, 0, 1, 4, 5));
      Store(to + 3 * kPanelColumns, __builtin_shufflevector(high01, high23, 2, 3, 6, 7));
      b += 4 * sizeof(float);
      to += 4 * kPanelColumns;
    }
  }
}

void PackAny(const PackF32Run& run) {
  for (size_t k = 0; k < run.k; ++k) {
    const uint8_t* b = run.b + static_cast<int64_t>(k) * run.k_stride;
    float* to = run.panel + k * kPanelColumns;
    for (size_t n = 0; n < kPanelColumns; ++n, b += run.n_stride) {
      to[n] = 0;
      if (n < run.columns) std::memcpy(to + n, b, sizeof(float));
    }
  }
}

void Run(const PackF32Run& run) {
  constexpr int64_t kElement = sizeof(float);
  if (run.columns == kPanelColumns && run.n_stride == kElement) return PackRows(run);
  if (run.columns == kPanelColumns && run.k_stride == kElement && run.k % 4 == 0) return PackColumns(run);
  PackAny(run);
}

}  // namespace

extern "C" {
extern const PackF32Ukernel adze_pack_f32__scalar;
const PackF32Ukernel adze_pack_f32__scalar = {Run};
}

}  // namespace adze
