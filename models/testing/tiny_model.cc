// SPDX-License-Identifier: Apache-2.0
// Writing .adze files for tests.
#include "models/testing/tiny_model.h"

#include <cstring>
#include <new>

namespace adze::testing {
namespace {

uint64_t RoundUp64(uint64_t n) { return (n + 63) / 64 * 64; }

flatbuffers::Offset<format::Tensor> WriteTensor(flatbuffers::FlatBufferBuilder* fbb, const FileTensor& t) {
  const auto name = fbb->CreateString(t.name);
  const auto dims = fbb->CreateVector(t.dims);
  flatbuffers::Offset<flatbuffers::Vector<int64_t>> strides = 0;
  if (!t.strides.empty()) strides = fbb->CreateVector(t.strides);
  return format::CreateTensor(*fbb, name, static_cast<uint8_t>(t.dtype), dims, strides, t.storage, t.offset, t.root);
}

flatbuffers::Offset<format::Node> WriteNode(flatbuffers::FlatBufferBuilder* fbb, const FileNode& n) {
  return format::CreateNodeDirect(*fbb, n.op.c_str(), n.name.c_str(), &n.inputs, &n.outputs, &n.params, n.scratch_offset, n.scratch_bytes);
}

}  // namespace

FileBytes::FileBytes(const std::vector<uint8_t>& bytes) : size_(bytes.size()) {
  void* p = nullptr;
  if (posix_memalign(&p, 64, bytes.empty() ? 1 : bytes.size()) != 0) throw std::bad_alloc();
  data_.reset(static_cast<uint8_t*>(p));
  if (!bytes.empty()) std::memcpy(p, bytes.data(), bytes.size());
}

std::vector<uint8_t> WriteFile(const FileModel& model) {
  flatbuffers::FlatBufferBuilder fbb;
  std::vector<flatbuffers::Offset<format::Tensor>> tensors;
  for (const FileTensor& t : model.tensors) tensors.push_back(WriteTensor(&fbb, t));
  std::vector<flatbuffers::Offset<format::Node>> nodes;
  for (const FileNode& n : model.nodes) nodes.push_back(WriteNode(&fbb, n));
  format::FinishGraphBuffer(
      fbb, format::CreateGraphDirect(fbb, model.name.c_str(), "test", &tensors, &nodes, &model.inputs, &model.outputs, model.arena_bytes));
  FileHeader header = {sizeof(FileHeader), {'A', 'D', 'Z', 'E'}, kFormatMajor, kFormatMinor, 0, 0, 0, 0, 0, 0, 0};
  header.graph_offset = sizeof(FileHeader);
  header.graph_bytes = (fbb.GetSize() + 7) / 8 * 8;
  header.blob_offset = RoundUp64(header.graph_offset + header.graph_bytes);
  header.blob_bytes = model.blob.size();
  std::vector<uint8_t> file(header.blob_offset + header.blob_bytes);
  std::memcpy(file.data() + header.graph_offset, fbb.GetBufferPointer(), fbb.GetSize());
  header.graph_checksum = Checksum(file.data() + header.graph_offset, header.graph_bytes);
  std::memcpy(file.data(), &header, sizeof(header));
  if (!model.blob.empty()) std::memcpy(file.data() + header.blob_offset, model.blob.data(), model.blob.size());
  return file;
}

std::vector<uint8_t> WriteShapes(const std::vector<FileModel>& models) {
  std::vector<uint8_t> file(models.size() * sizeof(FileHeader));
  for (size_t i = 0; i < models.size(); ++i) {
    const std::vector<uint8_t> one = WriteFile(models[i]);
    file.resize(RoundUp64(file.size()));
    const uint64_t moved = file.size() - sizeof(FileHeader) - i * sizeof(FileHeader);
    FileHeader header;
    std::memcpy(&header, one.data(), sizeof(header));
    header.graph_offset += moved;
    header.blob_offset += moved;
    header.more_graphs = static_cast<uint32_t>(models.size() - 1 - i);
    file.insert(file.end(), one.begin() + sizeof(FileHeader), one.end());
    std::memcpy(file.data() + i * sizeof(FileHeader), &header, sizeof(header));
  }
  return file;
}

void FixChecksum(std::vector<uint8_t>* file) {
  FileHeader header;
  if (file->size() < sizeof(header)) return;
  std::memcpy(&header, file->data(), sizeof(header));
  if (header.graph_offset > file->size() || header.graph_bytes > file->size() - header.graph_offset) return;
  header.graph_checksum = Checksum(file->data() + header.graph_offset, header.graph_bytes);
  std::memcpy(file->data(), &header, sizeof(header));
}

FileModel ScaleAddModel(int32_t n) {
  FileModel m;
  const uint64_t bytes = RoundUp64(static_cast<uint64_t>(n) * 4);
  m.tensors = {{"x", DType::kF32, {n}, 0, format::Storage_Arena, {}, -1},
               {"scaled", DType::kF32, {n}, bytes, format::Storage_Arena, {}, -1},
               {"c", DType::kF32, {n}, 0, format::Storage_Constant, {}, -1},
               {"y", DType::kF32, {n}, 0, format::Storage_Arena, {}, -1}};
  m.nodes = {{"scale", "first", {0}, {1}, BytesOf(ScaleParams{3}), 2 * bytes, 64}, {"sum2", "second", {1, 2}, {3}, {}, 0, 0}};
  m.inputs = {0};
  m.outputs = {3};
  m.arena_bytes = 2 * bytes + 64;
  for (int32_t i = 0; i < n; ++i) {
    const std::vector<uint8_t> value = BytesOf(static_cast<float>(i + 1));
    m.blob.insert(m.blob.end(), value.begin(), value.end());
  }
  return m;
}

}  // namespace adze::testing
