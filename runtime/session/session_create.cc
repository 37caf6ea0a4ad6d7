// SPDX-License-Identifier: Apache-2.0
// Making and destroying a session: verify the file, choose a level, bind rows, then take the arena, so that a file that is
// refused costs no more than its bookkeeping.
#include <cstddef>
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

}  // namespace

[[gnu::noinline]] Status OpenModel(const void* data, size_t bytes, const Allocator& allocator, format::Model* model) {
  ADZE_RETURN_IF_ERROR(format::Open(static_cast<const uint8_t*>(data), bytes, model));
  const size_t workspace_bytes = format::WorkspaceBytes(*model) + 1;  // never a request for nothing
  void* workspace = allocator.allocate(allocator.context, workspace_bytes, kArenaAlignment);
  if (workspace == nullptr) return OutOfMemory(workspace_bytes);
  const Status status = format::Verify(*model, static_cast<uint8_t*>(workspace));
  allocator.release(allocator.context, workspace);
  return status;
}

namespace {

// The struct of the first header; later ones only add to it.
constexpr size_t kFirstOptionsBytes = offsetof(adze_options, parallel_for);

// What adze_options asks for, checked.
struct Request {
  Allocator allocator;
  int threads;
  bool exact_threads;
  const char* level;
  adze_parallel_for loop;  // null: none
  void* loop_context;
};

Status ReadOptions(const adze_options* options, Request* request) {
  *request = {};
  request->allocator = SystemAllocator();
  if (options == nullptr) return OkStatus();
  if (options->struct_size < kFirstOptionsBytes) {
    return Error(Code::kInvalidArgument, Detail::kByteSize, static_cast<int64_t>(options->struct_size), kFirstOptionsBytes);
  }
  request->threads = options->threads;
  request->level = options->level;
  if (options->struct_size >= sizeof(adze_options)) {
    request->exact_threads = options->exact_threads != 0;
    request->loop = options->parallel_for;
    request->loop_context = options->parallel_context;
  }
  if (request->threads < 0 || (request->threads > 1 && request->loop != nullptr)) {
    return Error(Code::kInvalidArgument, Detail::kThreads, request->threads, 1);
  }
  if ((options->allocate == nullptr) != (options->release == nullptr)) return Error(Code::kInvalidArgument, Detail::kNullPointer);
  if (options->allocate != nullptr) request->allocator = {options->allocate, options->release, options->context, false};
  return OkStatus();
}

Status AllocateSession(const format::Model& model, const Request& request, const void* data, size_t file_bytes, adze_session** out) {
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
  session->allocate = request.allocator.allocate;
  session->file = static_cast<const uint8_t*>(data);
  session->file_bytes = file_bytes;
  session->arena_capacity = model.arena_bytes;
  *out = session;
  return OkStatus();
}

void RunInApp(const Parallel* self, adze_task task, void* context, size_t n, size_t grain) {
  const auto* app = reinterpret_cast<const AppParallel*>(self);
  if (n > grain) return app->loop(app->context, task, context, n, grain);
  if (n != 0) task(context, 0, n);
}

Status StartThreads(const Request& request, adze_session* session) {
  if (request.loop == nullptr) return CreateParallel(request.threads, request.exact_threads, request.allocator, &session->parallel);
  session->app = {{RunInApp}, request.loop, request.loop_context};
  session->parallel = &session->app.base;
  return OkStatus();
}

Status AllocateArena(const Request& request, adze_session* session) {
  uint64_t bytes = session->model.arena_bytes;
  bytes += bytes == 0;  // a pointer to work with
  if (bytes > SIZE_MAX) return OutOfMemory(bytes);
  session->arena = static_cast<uint8_t*>(request.allocator.allocate(request.allocator.context, bytes, kArenaAlignment));
  if (session->arena == nullptr) return OutOfMemory(bytes);
  // A hostile file may read what it never wrote; it shall see zeros, not this process's old memory.
  if (!request.allocator.zeroed) std::memset(session->arena, 0, bytes);
  return OkStatus();
}

// The session, ready to run. On failure *session may hold one that is to be destroyed; *context says what the file has to say.
// kNotInCrop: `got` nodes lack rows. One function whose parts return in registers: 150 bytes less than one status after the other.
[[gnu::noinline]] Status Make(const void* data, size_t bytes, const adze_options* options, format::Model* model, ErrorContext* context,
                              adze_session** session) {
  Request request;
  ADZE_RETURN_IF_ERROR(ReadOptions(options, &request));
  context->level = request.level;
  const Status opened = OpenModel(data, bytes, request.allocator, model);
  if (model->graph != nullptr) context->model = model;
  ADZE_RETURN_IF_ERROR(opened);
  ADZE_RETURN_IF_ERROR(AllocateSession(*model, request, data, bytes, session));
  LayOut(*session, *session + 1);
  int32_t nodes_missing;
  ADZE_RETURN_IF_ERROR(BindRows(*session, &nodes_missing));
  if (nodes_missing > 0) return Error(Code::kNotInCrop, Detail::kMissingRows, nodes_missing);
  ADZE_RETURN_IF_ERROR(StartThreads(request, *session));
  ADZE_RETURN_IF_ERROR(AllocateArena(request, *session));
  BindMemory(*session);
  return OkStatus();
}

}  // namespace
}  // namespace adze

adze_status adze_session_create(const void* data, size_t bytes, const adze_options* options, adze_session** session, adze_error* error) {
  using adze::Code;
  adze::ErrorContext context;
  if (session == nullptr) return adze::Report(adze::Error(Code::kInvalidArgument, adze::Detail::kNullPointer), context, error);
  *session = nullptr;
  adze::format::Model model;
  adze_session* made = nullptr;
  const adze::Status status = adze::Make(data, bytes, options, &model, &context, &made);
  if (status.ok()) {
    *session = made;
    return ADZE_OK;
  }
  const adze_status code = made != nullptr && status.code == Code::kNotInCrop ? adze::ReportMissing(*made, status.got, error)
                                                                              : adze::Report(status, context, error);
  adze_session_destroy(made);
  return code;
}

void adze_session_destroy(adze_session* session) {
  if (session == nullptr) return;
  if (session->parallel != &session->app.base)
    adze::DestroyParallel(session->parallel, {nullptr, session->release, session->context, false});
  if (session->arena != nullptr) session->release(session->context, session->arena);
  adze::ReleaseBlock(session);
  session->release(session->context, session);
}
