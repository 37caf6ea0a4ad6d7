// SPDX-License-Identifier: Apache-2.0
// Reading .adze files on the device: a verifier that trusts nothing, then a parsed form that borrows the file's bytes.
#pragma once

#include <cstddef>
#include <cstdint>

#include "op-registry/core/op.h"
#include "op-registry/core/span.h"

namespace adze::format {

// Limits that keep bookkeeping bounded; a file beyond them is refused with kTooLarge.
inline constexpr uint32_t kMaxTensors = 1 << 16;
inline constexpr uint32_t kMaxNodes = INT16_MAX;   // Status::node holds an index
inline constexpr uint32_t kMaxNodeTensors = 1024;  // inputs + outputs of one node

enum class StorageKind : uint8_t { kArena = 0, kConstant = 1, kView = 2 };

// One tensor as stored. After Verify: dtype known, rank <= kMaxRank, dims >= 0, strides >= 0 (dense ones filled in), every element inside
// its section or root.
struct StoredTensor {
  adze::Tensor tensor;  // data is null
  StorageKind storage;
  int32_t root;      // kView: index of a tensor that is not a view; else -1
  uint64_t offset;   // kView: from the start of the root; else from the start of the arena or the blob section
  uint64_t bytes;    // span of the elements in memory, last byte included
  const char* name;  // zero-terminated, in the file; "" if absent
};

struct StoredNode {
  const char* op;                       // zero-terminated, in the file
  const char* name;                     // "" if absent
  Span<const int32_t> inputs, outputs;  // checked indices; int32 little endian, 4-byte aligned
  Span<const uint8_t> params;
  uint64_t scratch_offset, scratch_bytes;
};

// An opened file: counts and accessors that read in place. Plain data, copyable; `data` must outlive it.
struct Model {
  const uint8_t* data = nullptr;
  const void* graph = nullptr;  // adze::format::Graph of the FlatBuffers schema
  const uint8_t* blob = nullptr;
  uint64_t blob_bytes = 0;
  uint64_t arena_bytes = 0;
  uint32_t n_tensors = 0, n_nodes = 0;
  Span<const int32_t> inputs, outputs;

  void tensor(uint32_t i, StoredTensor* out) const;
  void node(uint32_t i, StoredNode* out) const;
  const char* name() const;
};

// Checks header, version, checksum, FlatBuffers structure and counts: all that the accessors need to be safe. Reads the header and the graph
// section, not the constants. `data` must be 64-byte aligned. On failure model->graph is null.
Status Open(const uint8_t* data, size_t bytes, Model* model);

// Verifies the rest of an opened file: indices, sizes, offsets, execution order, one writer a tensor, and that no two live arena tensors
// overlap unless one is a view of the other or a node writes over its own dying input at the same offset and strides. O(tensors^2) time in
// the worst case, no allocation beyond `workspace`. On failure the accessors serve to name tensors and nodes in a message.
size_t WorkspaceBytes(const Model& model);
Status Verify(const Model& model, uint8_t* workspace);

}  // namespace adze::format
