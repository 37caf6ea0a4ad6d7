// SPDX-License-Identifier: Apache-2.0
// The words of each detail.
#include "cropper/plan/status_words.h"

#include "op-registry/core/dtype.h"

namespace adze::plan {
namespace {

const char* CodeWords(Code code) {
  static constexpr const char* kWords[] = {
      "ok", "invalid argument", "damaged file", "newer format", "not in this crop", "unsupported CPU", "out of memory", "internal error"};
  const auto i = static_cast<size_t>(code);
  return i < sizeof(kWords) / sizeof(kWords[0]) ? kWords[i] : "unknown error";
}

// By Detail. %g and %w stand for the two values.
const char* DetailWords(Detail detail) {
  static constexpr const char* kWords[] = {"",
                                           "%g bytes where %w are needed",
                                           "bytes 4 to 7 are not 'ADZE'",
                                           "the graph's checksum is wrong",
                                           "the graph is not well formed",
                                           "the header contradicts itself",
                                           "a size exceeds its limit: %g",
                                           "tensor %g has impossible dims, strides, storage or writers",
                                           "memory outside its section: %g",
                                           "tensors %g and %w lie in the same memory at the same time",
                                           "tensor %g does not exist",
                                           "tensor %g is read before it is written",
                                           "%g inputs, want %w",
                                           "%g outputs, want %w",
                                           "%g bytes of parameters, want %w",
                                           "a parameter has the impossible value %g",
                                           "rank %g, want %w",
                                           "dimension %g, want %w",
                                           "element type %g, want %w",
                                           "%g bytes of scratch, want %w",
                                           "%g bytes past a multiple of %w",
                                           "a null pointer",
                                           "%g bytes, want %w",
                                           "no level",
                                           "%g nodes lack rows",
                                           "%g threads, at most %w",
                                           "tensor %g has an unknown element type"};
  const auto i = static_cast<size_t>(detail);
  return i < sizeof(kWords) / sizeof(kWords[0]) ? kWords[i] : "unknown detail";
}

std::string Value(const Status& status, int64_t value) {
  if (status.detail != Detail::kDTypeMismatch || value < 0 || value >= kDTypeCount) return std::to_string(value);
  return DTypeName(static_cast<DType>(value));
}

}  // namespace

std::string StatusWords(const Status& status) {
  std::string text = CodeWords(status.code);
  const char* words = DetailWords(status.detail);
  if (*words != 0) text += ": ";
  for (; *words != 0; ++words) {
    if (*words != '%') {
      text += *words;
    } else {
      text += Value(status, *++words == 'g' ? status.got : status.want);
    }
  }
  if (status.node >= 0) text += " (node " + std::to_string(status.node) + ")";
  if (status.code == Code::kDamagedFile) text += "; convert the model again";
  if (status.code == Code::kNewerFormat) text += "; use the cropper of the Adze that wrote it, or convert the model again";
  return text;
}

}  // namespace adze::plan
