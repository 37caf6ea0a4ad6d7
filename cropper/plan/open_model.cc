// SPDX-License-Identifier: Apache-2.0
// Opening stored models for checks.
#include "cropper/plan/open_model.h"

#include <cstring>

#include "cropper/plan/profile.h"
#include "cropper/plan/status_words.h"

namespace adze::plan {

OpenModel::OpenModel(const std::string& bytes, const std::string& source) {
  file_.resize(bytes.size() / sizeof(Block) + 1);
  if (!bytes.empty()) std::memcpy(file_.data(), bytes.data(), bytes.size());
  Status status = format::Open(file_[0].bytes, bytes.size(), &model_);
  if (status.ok()) {
    std::vector<Block> workspace(format::WorkspaceBytes(model_) / sizeof(Block) + 1);
    status = format::Verify(model_, workspace[0].bytes);
  }
  if (status.ok()) return;
  throw InputError(source + ": " + StatusWords(status, &model_));
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
