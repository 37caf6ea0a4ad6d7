// SPDX-License-Identifier: Apache-2.0
// Making and destroying a session: verify the file, choose a level, bind rows, then take the arena, so that a file that is
// refused costs no more than its bookkeeping.
#include <cstring>

#include "runtime/memory/allocator.h"
#include "runtime/session/error_text.h"
#include "runtime/session/level_choice.h"
#include "runtime/session/session_bind.h"
#include "runtime/threads/threads.h"

namespace adze {
namespace {

constexpr size_t kArenaAlignment = 64;

Status OutOfMemory(uint64_t bytes) { return Error(Code::kOutOfMemory, Detail::kNone, static_cast<int64_t>(bytes)); }

// What adze_options asks for, checked.
struct Request {
  Allocator allocator;
  int threads = 1;
  const char* level = nullptr;
};

Status ReadOptions(const adze_options* options, Request* request) {
  request->allocator = SystemAllocator();
  if (options == nullptr) return OkStatus();
  if (options->struct_size < sizeof(adze_options)) {
    return Error(Code::kInvalidArgument, Detail::kByteSize, static_cast<int64_t>(options->struct_size), sizeof(adze_options));
  }
  if (options->threads < 0) return Error(Code::kInvalidArgument, Detail::kThreads, options->threads);
  request->threads = options->threads;
  request->level = options->level;
  if ((options->allocate == nullptr) != (options->release == nullptr)) return Error(Code::kInvalidArgument, Detail::kNullPointer);
  if (options->allocate != nullptr) request->allocator = {options->allocate, options->release, options->context};
  return OkStatus();
}

// Verifies the file with a workspace that is given back before the session's own memory is taken.
Status OpenModel(const void* data, size_t bytes, const Allocator& allocator, format::Model* model) {
  const auto* file = static_cast<const uint8_t*>(data);
  size_t workspace_bytes;
  ADZE_RETURN_IF_ERROR(format::WorkspaceBytes(file, bytes, &workspace_bytes));
  workspace_bytes += workspace_bytes == 0;
  void* workspace = allocator.allocate(allocator.context, workspace_bytes, kArenaAlignment);
  if (workspace == nullptr) return OutOfMemory(workspace_bytes);
  const Status status = format::VerifyAndOpen(file, bytes, static_cast<uint8_t*>(workspace), model);
  allocator.release(allocator.context, workspace);
  return status;
}

Status AllocateSession(const format::Model& model, const Request& request, adze_session** out) {
  Level level;
  ADZE_RETURN_IF_ERROR(ChooseLevel(request.level, &level));
  size_t bytes;
  ADZE_RETURN_IF_ERROR(BookkeepingBytes(model, &bytes));
  auto* session = static_cast<adze_session*>(request.allocator.allocate(request.allocator.context, bytes, kArenaAlignment));
  if (session == nullptr) return OutOfMemory(bytes);
  *session = {};
  session->model = model;
  session->bookkeeping_bytes = bytes;
  session->level = level;
  session->release = request.allocator.release;
  session->context = request.allocator.context;
  *out = session;
  return OkStatus();
}

Status AllocateArena(const Request& request, adze_session* session) {
  ADZE_RETURN_IF_ERROR(CreateParallel(request.threads, request.allocator, &session->parallel));
  uint64_t bytes = session->model.arena_bytes;
  bytes += bytes == 0;  // a pointer to work with
  if (bytes > SIZE_MAX) return OutOfMemory(bytes);
  session->arena = static_cast<uint8_t*>(request.allocator.allocate(request.allocator.context, bytes, kArenaAlignment));
  if (session->arena == nullptr) return OutOfMemory(bytes);
  // A hostile file may read what it never wrote; it shall see zeros, not this process's old memory.
  std::memset(session->arena, 0, bytes);
  return OkStatus();
}

}  // namespace
}  // namespace adze

adze_status adze_session_create(const void* data, size_t bytes, const adze_options* options, adze_session** session, adze_error* error) {
  using adze::Report;
  if (session == nullptr) return Report(adze::Error(adze::Code::kInvalidArgument, adze::Detail::kNullPointer), {}, error);
  *session = nullptr;
  adze::Request request;
  adze::ErrorContext context;
  adze::Status status = adze::ReadOptions(options, &request);
  if (!status.ok()) return Report(status, context, error);
  context.level = request.level;
  adze::format::Model model;
  status = adze::OpenModel(data, bytes, request.allocator, &model);
  context.model = model.graph == nullptr ? nullptr : &model;
  adze_session* made = nullptr;
  if (status.ok()) status = adze::AllocateSession(model, request, &made);
  if (!status.ok()) return Report(status, context, error);
  adze::LayOut(made);
  int32_t nodes_missing;
  status = adze::BindRows(made, &nodes_missing);
  if (status.ok() && nodes_missing > 0) {
    const adze_status code = adze::ReportMissing(*made, nodes_missing, error);
    adze_session_destroy(made);
    return code;
  }
  if (status.ok()) status = adze::AllocateArena(request, made);
  if (!status.ok()) {
    adze_session_destroy(made);
    return Report(status, context, error);
  }
  adze::BindMemory(made);
  *session = made;
  return ADZE_OK;
}

void adze_session_destroy(adze_session* session) {
  if (session == nullptr) return;
  adze::DestroyParallel(session->parallel, {nullptr, session->release, session->context});
  if (session->arena != nullptr) session->release(session->context, session->arena);
  session->release(session->context, session);
}
