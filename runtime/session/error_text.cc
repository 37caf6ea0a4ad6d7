// SPDX-License-Identifier: Apache-2.0
// The feature "error texts" on: what, where, why and what to do, in sentences.
#include "runtime/session/error_text.h"

#include "runtime/session/manifest.h"
#include "runtime/session/session_bind.h"
#include "runtime/session/text_writer.h"

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
    "; use a library of a newer Adze, or convert the model with this one's cropper\0"
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
    "tensor %t has an element type that this library does not know\0"
    "it has version %g, this library reads up to %w\0";
constexpr int kNewerSentence = static_cast<int>(Detail::kDTypeUnknown) + 1;

const char* Nth(const char* list, int n) {
  for (; n > 0; --n) {
    while (*list++ != 0) {
    }
  }
  return list;
}

void Append(TextWriter* text, const char* s) {
  while (*s != 0) text->Put(*s++);
}

void Append(TextWriter* text, const Text& t) {
  for (size_t i = 0; i < t.size; ++i) text->Put(t.data[i]);
}

// A name out of a file, in quotes. Control characters could forge lines of a log.
void AppendName(TextWriter* text, const char* name) {
  text->Put('\'');
  for (; *name != 0; ++name) text->Put(static_cast<unsigned char>(*name) < 0x20 || *name == 0x7f ? '?' : *name);
  text->Put('\'');
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

// "node 3 'conv1' (conv2d): "
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

void AppendSentence(TextWriter* text, const char* sentence, const Status& status, const format::Model* model) {
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

void AppendLevels(TextWriter* text, const Status& status, const char* asked) {
  const bool unknown = status.code == Code::kInvalidArgument;
  if (asked == nullptr) {
    Append(text, "it offers no level");
  } else {
    Append(text, unknown ? "no level " : "it does not offer level ");
    AppendName(text, asked);
  }
  Append(text, asked == nullptr || unknown ? " of this library's: " : "; this library's levels: ");
  for (int i = 0; i < kManifest->n_levels; ++i) {
    if (i != 0) Append(text, ", ");
    Append(text, LevelName(static_cast<Level>(kManifest->levels[i])));
  }
}

void AppendTypes(TextWriter* text, const Key& key) {
  for (int i = 0; i < key.n_types; ++i) {
    Append(text, i == 0 ? " for " : ", ");
    Append(text, DTypeName(key.types[i]));
  }
}

// One line for each row that node `i` lacks; none if it has all.
void AppendMissing(TextWriter* text, const adze_session& session, uint32_t i) {
  const RowTable table = ManifestTable();
  format::StoredNode node;
  session.model.node(i, &node);
  Resolved resolved;
  if (!ResolveNode(table, node, ArgsOf(session, i), session.level, &resolved).ok()) return;
  const Selection& selection = resolved.selection;
  if (resolved.op == nullptr || selection.kernel < 0) {
    Append(text, "\n  ");
    AppendNode(text, session.model, i);
    Append(text, resolved.op == nullptr ? "the op" : "a kernel");
    if (resolved.op != nullptr) AppendTypes(text, resolved.key);
    return;
  }
  for (int k = 0; k < selection.n_ukernels; ++k) {
    if (selection.ukernels[k] >= 0) continue;
    RowView row = {};
    const uint8_t* at = table.bytes;
    for (int r = 0; r <= selection.kernel; ++r) at = ReadRow(at, &row);
    Append(text, "\n  ");
    AppendNode(text, session.model, i);
    Append(text, "a micro-kernel ");
    Append(text, NeedOf(row, k));
    Append(text, " for kernel ");
    Append(text, row.name);
  }
}

void AppendCropId(TextWriter* text) {
  for (uint8_t byte : kManifest->crop_id) {
    text->Put("0123456789abcdef"[byte >> 4]);
    text->Put("0123456789abcdef"[byte & 15]);
  }
}

}  // namespace

adze_status Report(const Status& status, const ErrorContext& context, adze_error* error) {
  TextWriter text(error);
  const int code = static_cast<int>(status.code);
  Append(&text, Nth(kCodes, code));
  Append(&text, ": ");
  if (context.subject != Subject::kNone && context.model != nullptr) {
    const bool input = context.subject == Subject::kInput;
    const Span<const int32_t> indices = input ? context.model->inputs : context.model->outputs;
    format::StoredTensor stored;
    context.model->tensor(static_cast<uint32_t>(indices[static_cast<size_t>(context.index)]), &stored);
    Append(&text, input ? "input " : "output ");
    text.Number(context.index);
    text.Put(' ');
    AppendName(&text, stored.name);
    Append(&text, ": ");
  }
  if (status.node >= 0 && context.model != nullptr) AppendNode(&text, *context.model, static_cast<uint32_t>(status.node));
  if (status.detail == Detail::kNoLevel) {
    AppendLevels(&text, status, context.level);
  } else {
    const int sentence = status.code == Code::kNewerFormat ? kNewerSentence : static_cast<int>(status.detail);
    AppendSentence(&text, Nth(kSentences, sentence), status, context.model);
  }
  Append(&text, Nth(kRemedies, code));
  text.Finish();
  return static_cast<adze_status>(status.code);
}

adze_status ReportMissing(const adze_session& session, int32_t nodes_concerned, adze_error* error) {
  TextWriter text(error);
  Append(&text, Nth(kCodes, static_cast<int>(Code::kNotInCrop)));
  Append(&text, ": ");
  text.Number(nodes_concerned);
  Append(&text, " nodes of model ");
  AppendName(&text, session.model.name());
  Append(&text, " lack, at level ");
  Append(&text, LevelName(session.level));
  for (uint32_t i = 0; i < session.model.n_nodes; ++i) AppendMissing(&text, session, i);
  Append(&text, "\nthis library is crop ");
  AppendCropId(&text);
  Append(&text, "; add this line, the model's path, to its model list and crop again:\n  ");
  Append(&text, session.model.name());
  Append(&text, ".adze\n");
  text.Finish();
  return ADZE_NOT_IN_CROP;
}

}  // namespace adze
