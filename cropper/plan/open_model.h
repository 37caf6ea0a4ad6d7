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
  // `bytes` need no alignment. Throws InputError naming `source` if the verifier refuses them.
  OpenModel(const std::string& bytes, const std::string& source);
  const format::Model& model() const { return model_; }

 private:
  struct alignas(64) Block {
    uint8_t bytes[64];
  };
  std::vector<Block> file_;
  format::Model model_;
};

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
