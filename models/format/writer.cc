// SPDX-License-Identifier: Apache-2.0
// Writing .adze files: header, FlatBuffers graph, blob section of constants.
#include "models/format/writer.h"

#include <cstring>
#include <functional>
#include <limits>
#include <map>
#include <stdexcept>
#include <string_view>

#include "models/schema/adze_generated.h"
#include "models/schema/header.h"

namespace adze::format {
namespace {

// As if dims of 0 were 1.
std::vector<int64_t> StridesOfNone(const graph::Value& v) {
  std::vector<int64_t> strides(v.dims.size());
  auto stride = static_cast<int64_t>(DTypeBytes(v.dtype));
  for (size_t d = v.dims.size(); d-- > 0;) {
    strides[d] = stride;
    stride *= std::max<int64_t>(1, v.dims[d]);
  }
  return strides;
}

static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "the header is written as it lies in memory");

size_t RoundToBlobAlignment(size_t n) { return (n + kBlobAlignment - 1) / kBlobAlignment * kBlobAlignment; }

[[noreturn]] void Refuse(const graph::Graph& g, const graph::Value& v, const std::string& why) {
  throw std::logic_error(g.source + ": tensor '" + v.name + "' cannot be written: " + why);
}

// Constants, each at a multiple of 64, equal bytes once.
class BlobSection {
 public:
  uint64_t Add(const std::vector<uint8_t>& data) {
    if (data.empty()) return 0;
    const size_t hash = std::hash<std::string_view>()({reinterpret_cast<const char*>(data.data()), data.size()});
    const auto range = known_.equal_range(hash);
    for (auto it = range.first; it != range.second; ++it) {
      const Span span = it->second;
      if (span.bytes == data.size() && std::memcmp(bytes_.data() + span.offset, data.data(), data.size()) == 0) return span.offset;
    }
    const size_t offset = RoundToBlobAlignment(bytes_.size());
    bytes_.resize(offset, 0);
    bytes_.insert(bytes_.end(), data.begin(), data.end());
    known_.emplace(hash, Span{offset, data.size()});
    return offset;
  }
  const std::vector<uint8_t>& bytes() const { return bytes_; }

 private:
  struct Span {
    size_t offset, bytes;
  };
  std::vector<uint8_t> bytes_;
  std::multimap<size_t, Span> known_;
};

std::vector<int32_t> DimsOf(const graph::Graph& g, const graph::Value& v) {
  std::vector<int32_t> dims;
  for (int64_t d : v.dims) {
    if (d < 0 || d > std::numeric_limits<int32_t>::max()) Refuse(g, v, "dim " + std::to_string(d) + " is outside int32");
    dims.push_back(static_cast<int32_t>(d));
  }
  return dims;
}

// Where a value's bytes are.
struct Place {
  Storage storage;
  uint64_t offset;
};

Place PlaceOf(const graph::Graph& g, const graph::Value& v, BlobSection* blob) {
  if (v.view.root >= 0) return {Storage_View, static_cast<uint64_t>(v.view.offset_bytes)};
  if (v.is_constant) {
    if (static_cast<int64_t>(v.data.size()) != v.Bytes()) {
      Refuse(g, v, "it holds " + std::to_string(v.data.size()) + " bytes where its shape asks for " + std::to_string(v.Bytes()));
    }
    return {Storage_Constant, blob->Add(v.data)};
  }
  if (v.arena_offset < 0) Refuse(g, v, "it has no place in the arena; run plan_memory before");
  return {Storage_Arena, static_cast<uint64_t>(v.arena_offset)};
}

flatbuffers::Offset<Tensor> WriteTensor(flatbuffers::FlatBufferBuilder* b, const graph::Graph& g, const graph::Value& v,
                                        BlobSection* blob) {
  const Place place = PlaceOf(g, v, blob);
  const auto name = b->CreateString(v.name);
  const auto dims = b->CreateVector(DimsOf(g, v));
  flatbuffers::Offset<flatbuffers::Vector<int64_t>> strides;
  if (v.view.root >= 0) strides = b->CreateVector(v.view.strides);
  // Dense strides of a tensor without elements may be 0, which the reader takes for elements that share bytes.
  if (v.view.root < 0 && v.Elements() == 0) strides = b->CreateVector(StridesOfNone(v));
  return CreateTensor(*b, name, static_cast<uint8_t>(v.dtype), dims, strides, place.storage, place.offset, v.view.root);
}

flatbuffers::Offset<Node> WriteNode(flatbuffers::FlatBufferBuilder* b, const graph::Node& n) {
  const auto op = b->CreateString(n.op);
  const auto name = b->CreateString(n.name);
  const auto inputs = b->CreateVector(std::vector<int32_t>(n.inputs.begin(), n.inputs.end()));
  const auto outputs = b->CreateVector(std::vector<int32_t>(n.outputs.begin(), n.outputs.end()));
  const auto params = b->CreateVector(n.params);
  return CreateNode(*b, op, name, inputs, outputs, params, static_cast<uint64_t>(n.scratch_offset), static_cast<uint64_t>(n.scratch_bytes));
}

void WriteGraph(flatbuffers::FlatBufferBuilder* b, const graph::Graph& g, BlobSection* blob) {
  std::vector<flatbuffers::Offset<Tensor>> tensors;
  for (const graph::Value& v : g.values) tensors.push_back(WriteTensor(b, g, v, blob));
  std::vector<flatbuffers::Offset<Node>> nodes;
  for (const graph::Node& n : g.nodes) nodes.push_back(WriteNode(b, n));
  const auto name = b->CreateString(g.name);
  const auto producer = b->CreateString("adze");
  const auto all_tensors = b->CreateVector(tensors);
  const auto all_nodes = b->CreateVector(nodes);
  const auto inputs = b->CreateVector(std::vector<int32_t>(g.inputs.begin(), g.inputs.end()));
  const auto outputs = b->CreateVector(std::vector<int32_t>(g.outputs.begin(), g.outputs.end()));
  const auto root = CreateGraph(*b, name, producer, all_tensors, all_nodes, inputs, outputs, static_cast<uint64_t>(g.arena_bytes));
  FinishGraphBuffer(*b, root);
}

}  // namespace

std::vector<uint8_t> WriteAdze(const std::vector<graph::Graph>& graphs) {
  if (graphs.empty() || graphs.size() > kMaxGraphs) throw std::logic_error("a file of " + std::to_string(graphs.size()) + " graphs");
  BlobSection blob;
  std::vector<FileHeader> headers;
  std::vector<uint8_t> file(graphs.size() * sizeof(FileHeader), 0);
  for (const graph::Graph& g : graphs) {
    flatbuffers::FlatBufferBuilder builder;
    WriteGraph(&builder, g, &blob);
    // FlatBuffers pads to the widest field in use, which may be less than a word of the checksum.
    std::vector<uint8_t> graph(builder.GetBufferPointer(), builder.GetBufferPointer() + builder.GetSize());
    graph.resize((graph.size() + 7) / 8 * 8, 0);
    FileHeader h = {};
    h.header_bytes = sizeof(FileHeader);
    std::memcpy(h.identifier, "ADZE", 4);
    h.major = kFormatMajor;
    h.minor = graphs.size() > 1 ? kFormatMinor : 0;  // what one graph needs is as it was
    h.more_graphs = static_cast<uint32_t>(graphs.size() - 1 - headers.size());
    h.graph_offset = RoundToBlobAlignment(file.size());
    h.graph_bytes = graph.size();
    h.graph_checksum = Checksum(graph.data(), graph.size());
    headers.push_back(h);
    file.resize(h.graph_offset, 0);
    file.insert(file.end(), graph.begin(), graph.end());
  }
  file.resize(RoundToBlobAlignment(file.size()), 0);
  for (size_t i = 0; i < headers.size(); ++i) {
    const size_t at = i * sizeof(FileHeader);
    headers[i].graph_offset -= at;
    headers[i].blob_offset = file.size() - at;
    headers[i].blob_bytes = blob.bytes().size();
    std::memcpy(file.data() + at, &headers[i], sizeof(FileHeader));
  }
  file.insert(file.end(), blob.bytes().begin(), blob.bytes().end());
  return file;
}

std::vector<uint8_t> WriteAdze(const graph::Graph& g) { return WriteAdze(std::vector<graph::Graph>{g}); }

}  // namespace adze::format
