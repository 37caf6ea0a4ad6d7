// SPDX-License-Identifier: Apache-2.0
// Builds the graph of one import: sizes checked before anything is allocated, names kept unique, every node inferred as it is added.
#pragma once

#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "models/graph/graph.h"
#include "models/import/findings.h"

namespace adze::import {

using Dims = std::vector<int64_t>;

// Stands for a value whose writer failed and whose stored type is of no use either.
inline constexpr int kUnknownValue = -2;

// The number of elements; throws NodeError where the rank, a dim or the size in bytes is more than a tensor may have.
int64_t CheckedElements(const Dims& dims, DType dtype);

class GraphBuilder {
 public:
  // `file_bytes` bounds what constants may take in all: a small file that asks for more is hostile.
  GraphBuilder(const std::string& source, size_t file_bytes);

  graph::Graph& graph() { return graph_; }
  const graph::Value& At(int value) const { return graph_.values[static_cast<size_t>(value)]; }

  // Keeps `name` for the caller: generated names avoid it. False if it is taken.
  bool ReserveName(const std::string& name);
  // `wanted`, or `wanted` and a number where that is taken.
  std::string UniqueName(const std::string& wanted);

  int AddValue(const std::string& unique_name, DType dtype, const Dims& dims);
  int AddConstant(const std::string& wanted_name, DType dtype, const Dims& dims, std::vector<uint8_t> data);
  // Counts bytes of constants against the bound; throws NodeError past it.
  void Charge(int64_t bytes);

  // Adds a node of one output and infers it. `dims` is the output's shape where the op keeps that from the file.
  int AddNode(graph::Node node, DType out_dtype, const std::string& unique_out_name, const Dims& dims);
  // The same, but computed at once where all inputs are constants and the work is small: then `out` is a constant and no node is left.
  int AddOrFoldNode(graph::Node node, DType out_dtype, const std::string& unique_out_name, const Dims& dims);

  // Stands in for the output of a node that failed, so that the nodes after it can be checked. What is computed from it is assumed as well.
  int AddAssumed(const std::string& unique_name, DType dtype, const Dims& dims);
  bool IsAssumed(int value) const { return assumed_.count(value) != 0; }
  void AssumeFrom(int first_value);  // all values from that one on

  // The float32 value that a float64 one was made of or was rounded to; -1: none.
  int KnownFloat(int value) const {
    const auto found = floats_.find(value);
    return found == floats_.end() ? -1 : found->second;
  }
  void SetKnownFloat(int value, int as_float) { floats_[value] = as_float; }

  // Makes `value` an output of the graph with that name and dtype. A value that is an input, a constant or another output as well, or is
  // not named so, is copied; float32 inside becomes float16 or bfloat16 outside.
  void AddOutput(int value, const std::string& name, DType dtype);

 private:
  bool OwnsName(int value, const std::string& name) const;

  graph::Graph graph_;
  std::unordered_map<std::string, int> names_;  // and how many more were made from it
  std::unordered_set<int> assumed_;
  std::unordered_map<int, int> floats_;
  int64_t constant_bytes_left_;
};

}  // namespace adze::import
