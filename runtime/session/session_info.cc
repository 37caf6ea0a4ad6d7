// SPDX-License-Identifier: Apache-2.0
// What a session says of itself.
#include <cstring>

#include "runtime/session/session.h"

namespace {

static_assert(ADZE_MAX_RANK == adze::kMaxRank && ADZE_BFLOAT16 == static_cast<int>(adze::DType::kBF16),
              "the C API repeats the core's numbers");

adze_status Describe(const adze_session* session, bool of_inputs, int32_t index, adze_tensor_info* info) {
  if (session == nullptr || info == nullptr) return ADZE_INVALID_ARGUMENT;
  const adze::Span<const int32_t> indices = of_inputs ? session->model.inputs : session->model.outputs;
  if (index < 0 || static_cast<size_t>(index) >= indices.size) return ADZE_INVALID_ARGUMENT;
  adze::format::StoredTensor stored;
  session->model.tensor(static_cast<uint32_t>(indices[static_cast<size_t>(index)]), &stored);
  info->name = stored.name;
  info->dtype = static_cast<adze_dtype>(stored.tensor.dtype);
  info->rank = stored.tensor.shape.rank;
  std::memcpy(info->dims, stored.tensor.shape.dims, sizeof(info->dims));
  info->bytes = static_cast<size_t>(adze::ElementCount(stored.tensor.shape)) * adze::DTypeBytes(stored.tensor.dtype);
  return ADZE_OK;
}

}  // namespace

const char* adze_version(void) { return "0.1.0"; }

int32_t adze_input_count(const adze_session* session) { return static_cast<int32_t>(session->model.inputs.size); }

int32_t adze_output_count(const adze_session* session) { return static_cast<int32_t>(session->model.outputs.size); }

adze_status adze_input_info(const adze_session* session, int32_t index, adze_tensor_info* info) {
  return Describe(session, true, index, info);
}

adze_status adze_output_info(const adze_session* session, int32_t index, adze_tensor_info* info) {
  return Describe(session, false, index, info);
}

const char* adze_session_level(const adze_session* session) { return adze::LevelName(session->level); }

size_t adze_arena_bytes(const adze_session* session) { return static_cast<size_t>(session->model.arena_bytes); }

size_t adze_bookkeeping_bytes(const adze_session* session) { return session->bookkeeping_bytes; }
