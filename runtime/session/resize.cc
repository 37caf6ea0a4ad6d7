// SPDX-License-Identifier: Apache-2.0
// The feature "resize": a session takes another of the shapes that its file was planned for. Off, this unit is absent, and with it
// adze_resize.
#include <cstring>

#include "models/schema/header.h"
#include "runtime/memory/allocator.h"
#include "runtime/session/error_text.h"
#include "runtime/session/session_bind.h"

namespace adze {
namespace {

constexpr size_t kAlignment = 64;

// How many dims of the graph's inputs agree with `shapes`, in order; `*differs` is the status of the first that does not, `*index` its input.
int AgreeingDims(const format::Model& model, const adze_shape* shapes, Status* differs, int32_t* index) {
  int agreeing = 0;
  for (*index = 0; static_cast<size_t>(*index) < model.inputs.size; ++*index) {
    format::StoredTensor stored;
    model.tensor(static_cast<uint32_t>(model.inputs[static_cast<size_t>(*index)]), &stored);
    const Shape& have = stored.tensor.shape;
    const adze_shape& want = shapes[*index];
    *differs = Error(Code::kInvalidArgument, Detail::kRank, want.rank, have.rank);
    if (want.rank != have.rank) return agreeing;
    for (int d = 0; d < have.rank; ++d, ++agreeing) {
      *differs = Error(Code::kInvalidArgument, Detail::kDimension, want.dims[d], have.dims[d]);
      if (want.dims[d] != have.dims[d]) return agreeing;
    }
  }
  *differs = OkStatus();
  return agreeing;
}

// The verified graph of the file whose inputs have these shapes. On failure `*model` is the graph that the status is about: of several that
// do not fit, the one that comes closest. Its `graph` is null where the file could not be opened.
Status FindGraph(const adze_session& session, const Allocator& allocator, const adze_shape* shapes, int32_t n, format::Model* model,
                 int32_t* index) {
  FileHeader first;
  std::memcpy(&first, session.file, sizeof(first));
  Status best = OkStatus();
  int most = -1;
  for (size_t i = 0, at = 0; i <= first.more_graphs && at < session.file_bytes; ++i, at += sizeof(FileHeader)) {
    format::Model graph;
    const Status opened = OpenModel(session.file + at, session.file_bytes - at, allocator, &graph);
    if (!opened.ok() || static_cast<size_t>(n) != graph.inputs.size) *model = graph;
    ADZE_RETURN_IF_ERROR(opened);
    if (static_cast<size_t>(n) != graph.inputs.size)
      return Error(Code::kInvalidArgument, Detail::kInputCount, n, static_cast<int64_t>(graph.inputs.size));
    Status differs;
    int32_t input;
    const int agreeing = AgreeingDims(graph, shapes, &differs, &input);
    if (differs.ok()) {
      *model = graph;
      return OkStatus();
    }
    if (agreeing > most) {
      most = agreeing;
      best = differs;
      *index = input;
      *model = graph;
    }
  }
  return best;
}

// The session's state for `model`, in a block of its own; the session itself is as before until all has succeeded.
Status Rebind(const Allocator& allocator, const format::Model& model, adze_session* session, int32_t* nodes_missing) {
  size_t bytes;
  ADZE_RETURN_IF_ERROR(BookkeepingBytes(model, &bytes));
  void* block = allocator.allocate(allocator.context, bytes, kAlignment);
  if (block == nullptr) return Error(Code::kOutOfMemory, Detail::kNone, static_cast<int64_t>(bytes));
  adze_session next = *session;
  next.model = model;
  LayOut(&next, block);
  Status status = BindRows(&next, nodes_missing);
  uint8_t* arena = nullptr;
  if (status.ok() && *nodes_missing == 0 && model.arena_bytes > session->arena_capacity) {
    if (model.arena_bytes <= SIZE_MAX)
      arena = static_cast<uint8_t*>(allocator.allocate(allocator.context, static_cast<size_t>(model.arena_bytes), kAlignment));
    if (arena == nullptr) status = Error(Code::kOutOfMemory, Detail::kNone, static_cast<int64_t>(model.arena_bytes));
  }
  if (!status.ok() || *nodes_missing != 0) {
    allocator.release(allocator.context, block);
    return status;
  }
  if (arena != nullptr) {
    std::memset(arena, 0, model.arena_bytes);  // as at creation: never this process's old memory
    allocator.release(allocator.context, next.arena);
    next.arena = arena;
    next.arena_capacity = model.arena_bytes;
  }
  ReleaseBlock(session);
  next.bookkeeping_bytes = bytes + sizeof(adze_session);
  BindMemory(&next);
  *session = next;
  return OkStatus();
}

}  // namespace
}  // namespace adze

adze_status adze_resize(adze_session* session, const adze_shape* shapes, int32_t n, adze_error* error) {
  using adze::Code;
  adze::ErrorContext context;
  if (session == nullptr || (shapes == nullptr && n != 0))
    return adze::Report(adze::Error(Code::kInvalidArgument, adze::Detail::kNullPointer), context, error);
  const adze::Allocator allocator = {session->allocate, session->release, session->context, false};
  adze::format::Model model;
  int32_t nodes_missing = 0;
  adze::Status status = adze::FindGraph(*session, allocator, shapes, n, &model, &context.index);
  if (model.graph != nullptr) context.model = &model;
  if (!status.ok()) {
    // Those of damaged files carry another code.
    const bool no_such_shape = status.detail == adze::Detail::kDimension || status.detail == adze::Detail::kRank;
    if (status.code == Code::kInvalidArgument && no_such_shape) context.subject = adze::Subject::kInput;
    return adze::Report(status, context, error);
  }
  status = adze::Rebind(allocator, model, session, &nodes_missing);
  if (status.ok() && nodes_missing > 0) status = adze::Error(Code::kNotInCrop, adze::Detail::kMissingRows, nodes_missing);
  return status.ok() ? ADZE_OK : adze::Report(status, context, error);
}
