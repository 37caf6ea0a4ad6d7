// SPDX-License-Identifier: Apache-2.0
// The sentences of a Status.
#include "runtime/session/status_text.h"

namespace adze {
namespace {

// Lists of zero-terminated strings in one constant each: an array of pointers would cost a relocation a string.
// By Code:
constexpr char kCodes[] =
    "ok\0"
    "invalid argument\0"
    "damaged file\0"
    "newer format\0"
    "not in this crop\0"
    "unsupported CPU\0"
    "out of memory\0"
    "internal error\0";
constexpr char kRemedies[] =
    "\0"
    "\0"
    "; copy or convert the file again\0"
    "; use a newer Adze, or convert the model with the cropper of this one\0"
    "\0"
    "\0"
    "\0"
    "\0";
// By Detail. %g, %w: status.got, status.want as numbers; %G, %W: as dtypes; %t, %u: as tensors.
constexpr char kSentences[] =
    "%g bytes were not to be had\0"
    "it has %g bytes and needs %w\0"
    "bytes 4 to 7 are not 'ADZE'\0"
    "the graph has another checksum than the header says\0"
    "the graph is not well formed\0"
    "the header contradicts itself\0"
    "a size exceeds its limit: %g\0"
    "tensor %t has impossible rank, dims, strides, storage or writers\0"
    "memory outside its section: %g\0"
    "tensors %t and %u lie in the same memory at the same time\0"
    "tensor %g of %w does not exist\0"
    "tensor %t is read before it is written\0"
    "%g inputs, want %w\0"
    "%g outputs, want %w\0"
    "%g bytes of parameters, want %w\0"
    "a parameter has the impossible value %g\0"
    "rank %g, want %w\0"
    "dimension %g, want %w\0"
    "element type %G, want %W\0"
    "%g bytes of scratch, want %w\0"
    "%g bytes past a multiple of %w\0"
    "a null pointer\0"
    "%g bytes, want %w\0"
    "\0"
    "%g nodes lack rows\0"
    "%g threads, at most %w\0"
    "tensor %t has an element type that this Adze does not know\0"
    "it has version %g, this Adze reads up to %w\0";
constexpr int kNewerSentence = static_cast<int>(Detail::kDTypeUnknown) + 1;

const char* Nth(const char* list, int n) {
  for (; n > 0; --n) {
    while (*list++ != 0) {
    }
  }
  return list;
}

void AppendTensor(TextWriter* text, const format::Model* model, int64_t index) {
  text->Number(index);
  if (model == nullptr || index < 0 || index >= static_cast<int64_t>(model->n_tensors)) return;
  format::StoredTensor stored;
  model->tensor(static_cast<uint32_t>(index), &stored);
  if (*stored.name == 0) return;
  text->Put(' ');
  AppendName(text, stored.name);
}

}  // namespace

void Append(TextWriter* text, const char* s) {
  while (*s != 0) text->Put(*s++);
}

void AppendName(TextWriter* text, const char* name) {
  text->Put('\'');
  for (; *name != 0; ++name) text->Put(static_cast<unsigned char>(*name) < 0x20 || *name == 0x7f ? '?' : *name);
  text->Put('\'');
}

void AppendNode(TextWriter* text, const format::Model& model, uint32_t index) {
  format::StoredNode node;
  model.node(index, &node);
  Append(text, "node ");
  text->Number(index);
  text->Put(' ');
  AppendName(text, node.name);
  Append(text, " (");
  Append(text, node.op);
  Append(text, "): ");
}

void AppendCode(TextWriter* text, Code code) {
  Append(text, Nth(kCodes, static_cast<int>(code)));
  Append(text, ": ");
}

void AppendReason(TextWriter* text, const Status& status, const format::Model* model) {
  const char* sentence = Nth(kSentences, status.code == Code::kNewerFormat ? kNewerSentence : static_cast<int>(status.detail));
  for (; *sentence != 0; ++sentence) {
    if (*sentence != '%') {
      text->Put(*sentence);
      continue;
    }
    const char c = *++sentence;
    const int64_t value = c == 'g' || c == 'G' || c == 't' ? status.got : status.want;
    if (c == 'G' || c == 'W') {
      Append(text, DTypeName(static_cast<DType>(value < 0 || value > kDTypeCount ? kDTypeCount : value)));
    } else if (c == 't' || c == 'u') {
      AppendTensor(text, model, value);
    } else {
      text->Number(value);
    }
  }
}

void AppendRemedy(TextWriter* text, Code code) { Append(text, Nth(kRemedies, static_cast<int>(code))); }

}  // namespace adze
