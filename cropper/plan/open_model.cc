// SPDX-License-Identifier: Apache-2.0
// Opening stored models for checks.
#include "cropper/plan/open_model.h"

#include <algorithm>
#include <cstring>

#include "cropper/plan/profile.h"
#include "cropper/plan/status_words.h"
#include "models/schema/header.h"

namespace adze::plan {

OpenModel::OpenModel(const std::string& bytes, const std::string& source) {
  file_.resize(bytes.size() / sizeof(Block) + 1);
  if (!bytes.empty()) std::memcpy(file_.data(), bytes.data(), bytes.size());
  FileHeader first = {};
  std::memcpy(&first, file_.data(), std::min(bytes.size(), sizeof first));
  for (size_t i = 0; i == 0 || i <= first.more_graphs; ++i) {
    const size_t at = std::min(i * sizeof(FileHeader), bytes.size());
    format::Model model;
    Status status = format::Open(file_[0].bytes + at, bytes.size() - at, &model);
    if (status.ok()) {
      std::vector<Block> workspace(format::WorkspaceBytes(model) / sizeof(Block) + 1);
      status = format::Verify(model, workspace[0].bytes);
    }
    if (!status.ok()) throw InputError((source.empty() ? "" : source + ": ") + StatusWords(status, &model));
    graphs_.push_back(model);
  }
}

std::vector<ShapeArguments> ShapesToAskFor(const std::string& bytes, const std::string& source) {
  const OpenModel opened(bytes, source);
  std::vector<ShapeArguments> shapes;
  for (const format::Model& graph : opened.graphs()) {
    ShapeArguments arguments;
    for (const int32_t input : graph.inputs) {
      format::StoredTensor stored;
      graph.tensor(static_cast<uint32_t>(input), &stored);
      std::string dims;
      for (int d = 0; d < stored.tensor.shape.rank; ++d) dims += (d == 0 ? "" : ",") + std::to_string(stored.tensor.dim(d));
      arguments.insert(arguments.end(), {"--shape", std::string(stored.name) + "=" + dims});
    }
    shapes.push_back(shapes.empty() ? ShapeArguments() : arguments);
  }
  return shapes;
}

StoredNodeView::StoredNodeView(const format::Model& model, uint32_t index) {
  model.node(index, &node_);
  Read(model, node_.inputs, &in_, &in_pointers_);
  Read(model, node_.outputs, &out_, &out_pointers_);
  args_.in = in_pointers_.data();
  args_.out = out_pointers_.data();
  args_.n_in = static_cast<int32_t>(in_pointers_.size());
  args_.n_out = static_cast<int32_t>(out_pointers_.size());
  args_.params = node_.params.data;
  args_.params_bytes = static_cast<uint32_t>(node_.params.size);
}

void StoredNodeView::Read(const format::Model& model, Span<const int32_t> indices, std::vector<std::unique_ptr<Tensor>>* tensors,
                          std::vector<const Tensor*>* pointers) {
  for (const int32_t i : indices) {
    if (i < 0) {  // an absent optional input
      pointers->push_back(nullptr);
      continue;
    }
    format::StoredTensor stored;
    model.tensor(static_cast<uint32_t>(i), &stored);
    tensors->push_back(std::make_unique<Tensor>(stored.tensor));
    pointers->push_back(tensors->back().get());
  }
}

}  // namespace adze::plan
