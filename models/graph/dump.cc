// SPDX-License-Identifier: Apache-2.0
// Readable text of a graph.
#include <cstdio>

#include "models/graph/describe.h"
#include "models/graph/graph.h"
#include "models/graph/writers.h"

namespace adze::graph {
namespace {

// "'name' float32[1,8]", then what the value is besides a result of a node.
std::string Operand(const Graph& g, int i) {
  std::string text = ValueText(g, i);
  if (!IsValue(g, i)) return text;
  const Value& v = g.values[i];
  if (v.is_constant) text += " const";
  if (v.view.root >= 0) {
    text += " view of " + (IsValue(g, v.view.root) ? "'" + g.values[v.view.root].name + "'" : "nothing") + "+" +
            std::to_string(v.view.offset_bytes);
    for (const int64_t s : v.view.strides) text += ":" + std::to_string(s);
  }
  if (v.arena_offset >= 0) text += " @" + std::to_string(v.arena_offset);
  return text;
}

std::string Operands(const Graph& g, const std::vector<int>& list) {
  std::string text;
  for (const int i : list) text += (text.empty() ? "" : ", ") + Operand(g, i);
  return text;
}

// The params as little-endian words: small ones in decimal, others (floats, packed bytes) in hexadecimal; left-over bytes one by one.
std::string ParamsText(const std::vector<uint8_t>& params) {
  std::string text;
  char buffer[16];
  size_t i = 0;
  for (; i + 4 <= params.size(); i += 4) {
    int32_t word = 0;
    std::memcpy(&word, &params[i], 4);
    const bool is_small = word > -(1 << 20) && word < 1 << 20;
    std::snprintf(buffer, sizeof(buffer), is_small ? " %d" : " 0x%08x", word);
    text += buffer;
  }
  for (; i < params.size(); ++i) {
    std::snprintf(buffer, sizeof(buffer), " %02x", params[i]);
    text += buffer;
  }
  return text;
}

}  // namespace

std::string DumpGraph(const Graph& g) {
  std::string text = "graph '" + g.name + "' arena " + std::to_string(g.arena_bytes) + "\n";
  text += "inputs " + Operands(g, g.inputs) + "\n";
  for (const Node& n : g.nodes) {
    text += n.op + " '" + n.name + "' (" + Operands(g, n.inputs) + ") -> " + Operands(g, n.outputs);
    if (!n.params.empty()) text += " params" + ParamsText(n.params);
    if (n.scratch_bytes > 0) text += " scratch " + std::to_string(n.scratch_bytes) + "@" + std::to_string(n.scratch_offset);
    text += "\n";
  }
  return text + "outputs " + Operands(g, g.outputs) + "\n";
}

}  // namespace adze::graph
