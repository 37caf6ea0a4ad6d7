// SPDX-License-Identifier: Apache-2.0
// An .adze opened by the device's own verifier, on the build machine.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "models/format/reader.h"

namespace adze::plan {

class OpenModel {
 public:
  // `bytes` need no alignment. Throws InputError naming `source`, unless that is empty, if the verifier refuses them.
  OpenModel(const std::string& bytes, const std::string& source);
  // One for each of the shapes that the file was planned for, at least one.
  const std::vector<format::Model>& graphs() const { return graphs_; }

 private:
  struct alignas(64) Block {
    uint8_t bytes[64];
  };
  std::vector<Block> file_;
  std::vector<format::Model> graphs_;
};

// adze-run's arguments for a shape of the model: {"--shape", "x=1,3,224,224", ...}. None for the first, with which a session begins.
using ShapeArguments = std::vector<std::string>;
// Those of all shapes of a file. Throws as OpenModel.
std::vector<ShapeArguments> ShapesToAskFor(const std::string& bytes, const std::string& source);

// The tensors of one stored node as ops see them; keeps them alive.
class StoredNodeView {
 public:
  StoredNodeView(const format::Model& model, uint32_t index);
  StoredNodeView(const StoredNodeView&) = delete;
  StoredNodeView& operator=(const StoredNodeView&) = delete;
  const format::StoredNode& node() const { return node_; }
  const NodeArgs& args() const { return args_; }

 private:
  void Read(const format::Model& model, Span<const int32_t> indices, std::vector<std::unique_ptr<Tensor>>* tensors,
            std::vector<const Tensor*>* pointers);
  format::StoredNode node_;
  std::vector<std::unique_ptr<Tensor>> in_, out_;
  std::vector<const Tensor*> in_pointers_, out_pointers_;
  NodeArgs args_;
};

}  // namespace adze::plan
