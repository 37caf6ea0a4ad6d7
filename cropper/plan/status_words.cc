// SPDX-License-Identifier: Apache-2.0
// The device's sentences as a string.
#include "cropper/plan/status_words.h"

#include "runtime/session/status_text.h"

namespace adze::plan {
namespace {

void Write(const Status& status, const format::Model* model, adze_error* error) {
  TextWriter text(error);
  AppendCode(&text, status.code);
  if (status.node >= 0 && model != nullptr) {
    AppendNode(&text, *model, static_cast<uint32_t>(status.node));
  } else if (status.node >= 0) {
    Append(&text, "node ");
    text.Number(status.node);
    Append(&text, ": ");
  }
  AppendReason(&text, status, model);
  AppendRemedy(&text, status.code);
  text.Finish();
}

}  // namespace

std::string StatusWords(const Status& status, const format::Model* model) {
  if (model != nullptr && model->graph == nullptr) model = nullptr;
  adze_error error = {sizeof(adze_error), nullptr, 0, 0};
  Write(status, model, &error);
  std::string text(error.needed, 0);
  error.text = text.data();
  error.capacity = text.size();
  Write(status, model, &error);
  text.pop_back();  // the device's texts end with a zero
  return text;
}

}  // namespace adze::plan
