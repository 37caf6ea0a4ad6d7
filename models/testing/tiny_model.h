// SPDX-License-Identifier: Apache-2.0
// Writes .adze files for the tests of the reader and the session field by field, sound or not.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include "models/schema/adze_generated.h"
#include "models/schema/header.h"
#include "op-registry/core/dtype.h"

namespace adze::testing {

struct FileTensor {
  std::string name;
  DType dtype = DType::kF32;
  std::vector<int32_t> dims;
  uint64_t offset = 0;
  format::Storage storage = format::Storage_Arena;
  std::vector<int64_t> strides;
  int32_t root = -1;
};

struct FileNode {
  std::string op, name;
  std::vector<int32_t> inputs, outputs;
  std::vector<uint8_t> params;
  uint64_t scratch_offset = 0, scratch_bytes = 0;
};

struct FileModel {
  std::string name = "tiny";
  std::vector<FileTensor> tensors;
  std::vector<FileNode> nodes;
  std::vector<int32_t> inputs, outputs;
  uint64_t arena_bytes = 0;
  std::vector<uint8_t> blob;
};

// A file in 64-byte aligned memory of exactly its size, so that a sanitizer sees every read past it.
class FileBytes {
 public:
  explicit FileBytes(const std::vector<uint8_t>& bytes);
  const uint8_t* data() const { return data_.get(); }
  uint8_t* data() { return data_.get(); }
  size_t size() const { return size_; }

 private:
  struct Free {
    void operator()(uint8_t* p) const { free(p); }
  };
  std::unique_ptr<uint8_t, Free> data_;
  size_t size_;
};

std::vector<uint8_t> WriteFile(const FileModel& model);
// One file for several shapes; the graphs do not share constants.
std::vector<uint8_t> WriteShapes(const std::vector<FileModel>& models);

// Sets the checksum right again after the graph section was changed; nothing where the header is out of bounds.
void FixChecksum(std::vector<uint8_t>* file);

template <typename T>
std::vector<uint8_t> BytesOf(const T& value) {
  const auto* p = reinterpret_cast<const uint8_t*>(&value);
  return std::vector<uint8_t>(p, p + sizeof(T));
}

// Parameters of the op "scale": y = factor * x, float32 and int32; the kernels of the tests serve float32 only.
struct ScaleParams {
  float factor;  // not negative
};

// y = 3 x + c over `n` floats: scale (in place of nothing), then sum2 with a constant 1, 2, ...; input "x", output "y".
FileModel ScaleAddModel(int32_t n);

}  // namespace adze::testing
