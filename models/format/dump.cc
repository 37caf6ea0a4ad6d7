// SPDX-License-Identifier: Apache-2.0
// The dump of a file but for the params of its nodes.
#include "models/format/dump.h"

#include <cinttypes>
#include <cstdio>
#include <cstring>

#include "models/schema/adze_generated.h"
#include "models/schema/header.h"

namespace adze::format {
namespace {

// A name of the file, whatever it holds, in printable characters and nothing lost.
std::string Escaped(const char* name) {
  std::string text = "'";
  for (; *name != 0; ++name) {
    const auto c = static_cast<unsigned char>(*name);
    if (c >= 0x20 && c != 0x7f && c != '\'' && c != '\\') {
      text += *name;
      continue;
    }
    char code[8];
    std::snprintf(code, sizeof(code), "\\x%02x", c);
    text += code;
  }
  return text + "'";
}

template <typename T>
std::string ListText(const T* list, size_t size) {
  std::string text = "[";
  for (size_t i = 0; i < size; ++i) text += (i == 0 ? "" : ", ") + std::to_string(list[i]);
  return text + "]";
}

std::string HeaderText(const Model& model) {
  FileHeader h;
  std::memcpy(&h, model.data, sizeof(h));
  char text[320];
  std::snprintf(text, sizeof(text),
                "header: %" PRIu32 " bytes, format %u.%u, graph %" PRIu64 " bytes at %" PRIu64 ", blob %" PRIu64 " bytes at %" PRIu64
                ", checksum 0x%016" PRIx64 "\n",
                h.header_bytes, unsigned{h.major}, unsigned{h.minor}, h.graph_bytes, h.graph_offset, h.blob_bytes, h.blob_offset,
                h.graph_checksum);
  return text;
}

std::string StorageText(const StoredTensor& t) {
  const std::string at = "+" + std::to_string(t.offset);
  if (t.storage == StorageKind::kArena) return "arena" + at;
  if (t.storage == StorageKind::kConstant) return "constant" + at;
  return "view of " + std::to_string(t.root) + at;
}

std::string TensorText(const Model& model, uint32_t i) {
  StoredTensor t;
  model.tensor(i, &t);
  const auto rank = static_cast<size_t>(t.tensor.shape.rank);
  return "tensor " + std::to_string(i) + " " + Escaped(t.name) + ": " + DTypeName(t.tensor.dtype) + " " +
         ListText(t.tensor.shape.dims, rank) + ", strides " + ListText(t.tensor.strides, rank) + ", " + StorageText(t) + ", " +
         std::to_string(t.bytes) + " bytes\n";
}

std::string NodeText(const Model& model, uint32_t i) {
  StoredNode n;
  model.node(i, &n);
  std::string text = "node " + std::to_string(i) + " " + Escaped(n.name) + ": " + n.op + " " + ListText(n.inputs.data, n.inputs.size) +
                     " -> " + ListText(n.outputs.data, n.outputs.size);
  const std::string params = ParamsText(n.op, n.params);
  if (!params.empty()) text += ", params " + params;
  if (n.scratch_bytes > 0) text += ", scratch " + std::to_string(n.scratch_bytes) + " bytes at arena+" + std::to_string(n.scratch_offset);
  return text + "\n";
}

}  // namespace

std::string DumpAdze(const Model& model) {
  const flatbuffers::String* producer = static_cast<const Graph*>(model.graph)->producer();
  std::string text = HeaderText(model);
  text += "graph " + Escaped(model.name()) + ", producer " + Escaped(producer == nullptr ? "" : producer->c_str()) + "\n";
  text += "arena: " + std::to_string(model.arena_bytes) + " bytes\n";
  text += "inputs: " + ListText(model.inputs.data, model.inputs.size) + "\n";
  text += "outputs: " + ListText(model.outputs.data, model.outputs.size) + "\n";
  for (uint32_t i = 0; i < model.n_tensors; ++i) text += TensorText(model, i);
  for (uint32_t i = 0; i < model.n_nodes; ++i) text += NodeText(model, i);
  return text;
}

}  // namespace adze::format
