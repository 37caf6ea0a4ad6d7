// SPDX-License-Identifier: Apache-2.0
// Timing a session node by node.
#include "runtime/tools/layers.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <vector>

#include "runtime/session/manifest.h"
#include "runtime/session/session_bind.h"
#include "runtime/tools/npy.h"

namespace adze::tools {
namespace {

// ASCII: other bytes, which come from the model file and may not be UTF-8, as the Latin-1 characters of their values.
std::string Quoted(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte > 0x7e || c == '"' || c == '\\') {
      char escaped[8];
      std::snprintf(escaped, sizeof(escaped), "\\u%04x", byte);
      out += escaped;
    } else {
      out += c;
    }
  }
  return out + '"';
}

std::string RowText(int32_t row) {
  const Text name = RowName(ManifestTable(), row);
  return Quoted(std::string(name.data, name.size));
}

int64_t BytesOf(const Tensor& t) { return ElementCount(t.shape) * static_cast<int64_t>(DTypeBytes(t.dtype)); }

// Appends to `bytes` what the tensors hold.
std::string TensorsText(const adze_session& session, Span<const int32_t> indices, int64_t* bytes) {
  std::string text;
  for (size_t k = 0; k < indices.size; ++k) {
    format::StoredTensor stored;
    session.model.tensor(static_cast<uint32_t>(indices[k]), &stored);
    format::StoredTensor root = stored;
    if (stored.root >= 0) session.model.tensor(static_cast<uint32_t>(stored.root), &root);
    const Tensor& t = stored.tensor;
    *bytes += BytesOf(t);
    text += text.empty() ? "" : ", ";
    text += "{\"dtype\": " + Quoted(DTypeText(static_cast<adze_dtype>(t.dtype))) + ", \"dims\": [";
    for (int d = 0; d < t.shape.rank; ++d) text += (d == 0 ? "" : ", ") + std::to_string(t.shape.dims[d]);
    text += root.storage == format::StorageKind::kConstant ? "], \"constant\": true}" : "]}";
  }
  return "[" + text + "]";
}

int64_t MacsOf(const adze_session& session, uint32_t i, const format::StoredNode& node) {
  Resolved resolved;
  if (!ResolveNode(ManifestTable(), node, ArgsOf(session, i), session.level, &resolved).ok() || resolved.op == nullptr) return 0;
  const Key& key = resolved.key;
  return key[Feature::kM] * key[Feature::kN] * key[Feature::kK] * std::max<int64_t>(1, key[Feature::kGroups]);
}

std::string NodeText(const adze_session& session, uint32_t i, std::vector<double>* times) {
  format::StoredNode node;
  session.model.node(i, &node);
  const BoundNode& bound = session.nodes[i];
  int64_t bytes = 0;
  std::string text = "{\"index\": " + std::to_string(i) + ", \"op\": " + Quoted(node.op) + ", \"name\": " + Quoted(node.name);
  text += ", \"inputs\": " + TensorsText(session, node.inputs, &bytes);
  text += ", \"outputs\": " + TensorsText(session, node.outputs, &bytes);
  text += ", \"kernel\": " + RowText(bound.kernel_row) + ", \"ukernels\": [";
  bool first = true;
  for (const int32_t row : bound.ukernel_rows) {
    if (row < 0) continue;
    text += (first ? "" : ", ") + RowText(row);
    first = false;
  }
  std::sort(times->begin(), times->end());
  char numbers[160];
  std::snprintf(numbers, sizeof(numbers), "], \"macs\": %lld, \"bytes\": %lld, \"min_ms\": %.6f, \"median_ms\": %.6f}",
                static_cast<long long>(MacsOf(session, i, node)), static_cast<long long>(bytes), times->front(),
                (*times)[times->size() / 2]);
  return text + numbers;
}

}  // namespace

std::string TimeLayers(const adze_session& session, int repeat, const std::function<void()>& fill) {
  using Clock = std::chrono::steady_clock;
  const uint32_t n = session.model.n_nodes;
  std::vector<std::vector<double>> times(n);
  for (int k = 0; k < repeat; ++k) {
    fill();
    Clock::time_point last = Clock::now();
    for (uint32_t i = 0; i < n; ++i) {
      session.nodes[i].kernel->run(session.nodes[i].args);
      const Clock::time_point now = Clock::now();
      times[i].push_back(std::chrono::duration<double, std::milli>(now - last).count());
      last = now;
    }
  }
  std::string text = "[";
  for (uint32_t i = 0; i < n; ++i) text += (i == 0 ? "\n  " : ",\n  ") + NodeText(session, i, &times[i]);
  return text + "\n]\n";
}

}  // namespace adze::tools
