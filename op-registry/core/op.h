// SPDX-License-Identifier: Apache-2.0
// The definition of an op: its params check, its shape rule and its key. One strong constant `adze_op_<name>` each; a crop
// links only those that its models use.
#pragma once

#include <cstdint>
#include <cstring>

#include "op-registry/core/key.h"
#include "op-registry/core/shape.h"
#include "op-registry/core/status.h"

namespace adze {

// One node as ops see it. `in` and `out` point to `n_in` and `n_out` tensors; data pointers may be null while a graph is
// planned. Output tensors carry the dtype, shape and strides stored in the file. `params` has no alignment.
struct NodeArgs {
  const Tensor* const* in = nullptr;
  const Tensor* const* out = nullptr;
  int32_t n_in = 0;
  int32_t n_out = 0;
  const uint8_t* params = nullptr;
  uint32_t params_bytes = 0;
};

struct OpDef {
  const char* name;
  // Checks arity, dtypes, input shapes and every params value (params may be hostile), and writes the type of each output.
  // After success no product of the op's own sizes overflows int64.
  Status (*infer)(const NodeArgs& node, TensorType* out);
  // Fills op, types and features. Called only after infer succeeded and the outputs were found equal to it.
  void (*key)(const NodeArgs& node, Key* key);
};

// Copies the params blob (a fixed-layout struct, little endian) out of the file; fails if its size is not T's.
template <typename T>
inline Status ReadParams(const NodeArgs& node, T* params) {
  if (node.params_bytes != sizeof(T)) return Damaged(Detail::kParamsSize, node.params_bytes, sizeof(T));
  std::memcpy(params, node.params, sizeof(T));
  return OkStatus();
}

// For kernels, whose params were checked when the session was made.
template <typename T>
inline T ParamsOf(const uint8_t* params) {
  T p;
  std::memcpy(&p, params, sizeof(T));
  return p;
}

// Sets kElements, kInnerDense, kRestInnerDense, kDense and kElementBytes from all tensors of the node.
void SetCommonFeatures(const NodeArgs& node, Key* key);

// Arity check: `min_in` <= n_in <= `max_in` and exactly `n_out` outputs.
Status CheckArity(const NodeArgs& node, int min_in, int max_in, int n_out);

}  // namespace adze
