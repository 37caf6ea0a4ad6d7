// SPDX-License-Identifier: Apache-2.0
// The feature "error texts" on: what, where, why and what to do, in sentences. Those that need the manifest are here, the others in
// status_text.cc.
#include "runtime/session/error_text.h"

#include "runtime/session/manifest.h"
#include "runtime/session/session_bind.h"
#include "runtime/session/status_text.h"

namespace adze {
namespace {

void Append(TextWriter* text, const Text& t) {
  for (size_t i = 0; i < t.size; ++i) text->Put(t.data[i]);
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
  const NodeArgs args = ArgsOf(session, i);
  Resolved resolved;
  if (!ResolveNode(table, node, args, session.level, &resolved).ok()) return;
  const Selection& selection = resolved.selection;
  if (resolved.op == nullptr || selection.kernel < 0) {
    Append(text, "\n  ");
    AppendNode(text, session.model, i);
    Append(text, resolved.op == nullptr ? "the op" : "a kernel");
    // Which types count only the op could tell; the first input's is one of them.
    if (resolved.op == nullptr && args.n_in > 0) {
      resolved.key.n_types = 1;
      resolved.key.types[0] = args.in[0]->dtype;
    }
    AppendTypes(text, resolved.key);
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
  AppendCode(&text, status.code);
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
    AppendReason(&text, status, context.model);
  }
  AppendRemedy(&text, status.code);
  text.Finish();
  return static_cast<adze_status>(status.code);
}

adze_status ReportMissing(const adze_session& session, int32_t nodes_concerned, adze_error* error) {
  TextWriter text(error);
  AppendCode(&text, Code::kNotInCrop);
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
