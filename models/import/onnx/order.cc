// SPDX-License-Identifier: Apache-2.0
// The order in which ONNX nodes can run, and the cycle where there is none.
#include <algorithm>
#include <functional>
#include <queue>

#include "models/import/onnx/context.h"

namespace adze::import {
namespace {

// For each node, the nodes whose outputs it reads.
std::vector<std::vector<int>> Writers(const onnx::Graph& graph) {
  std::unordered_map<std::string, int> writer;
  for (int i = 0; i < graph.node_size(); ++i) {
    for (const std::string& name : graph.node(i).output()) {
      if (!name.empty()) writer.emplace(name, i);
    }
  }
  std::vector<std::vector<int>> writers(static_cast<size_t>(graph.node_size()));
  for (int i = 0; i < graph.node_size(); ++i) {
    for (const std::string& name : graph.node(i).input()) {
      const auto found = writer.find(name);
      if (found != writer.end()) writers[static_cast<size_t>(i)].push_back(found->second);
    }
  }
  return writers;
}

// Every stuck node reads another stuck one, so walking back must come round.
std::vector<int> CycleAmong(const std::vector<std::vector<int>>& writers, const std::vector<bool>& done, int start) {
  std::vector<int> path;
  std::vector<int> place(done.size(), -1);
  for (int at = start;;) {
    const auto i = static_cast<size_t>(at);
    if (place[i] >= 0) {
      path.erase(path.begin(), path.begin() + place[i]);
      std::reverse(path.begin(), path.end());
      return path;
    }
    place[i] = static_cast<int>(path.size());
    path.push_back(at);
    at = *std::find_if(writers[i].begin(), writers[i].end(), [&](int w) { return !done[static_cast<size_t>(w)]; });
  }
}

}  // namespace

OnnxOrder SortOnnxNodes(const onnx::Graph& graph) {
  const std::vector<std::vector<int>> writers = Writers(graph);
  const size_t count = writers.size();
  std::vector<size_t> waits(count);
  std::vector<std::vector<int>> readers(count);
  std::priority_queue<int, std::vector<int>, std::greater<int>> ready;
  for (size_t i = 0; i < count; ++i) {
    waits[i] = writers[i].size();
    for (const int w : writers[i]) readers[static_cast<size_t>(w)].push_back(static_cast<int>(i));
    if (waits[i] == 0) ready.push(static_cast<int>(i));
  }
  OnnxOrder order;
  std::vector<bool> done(count, false);
  while (!ready.empty()) {
    const int node = ready.top();
    ready.pop();
    order.nodes.push_back(node);
    done[static_cast<size_t>(node)] = true;
    for (const int r : readers[static_cast<size_t>(node)]) {
      if (--waits[static_cast<size_t>(r)] == 0) ready.push(r);
    }
  }
  for (size_t i = 0; i < count; ++i) {
    if (!done[i]) order.stuck.push_back(static_cast<int>(i));
  }
  if (!order.stuck.empty()) order.cycle = CycleAmong(writers, done, order.stuck[0]);
  return order;
}

}  // namespace adze::import
