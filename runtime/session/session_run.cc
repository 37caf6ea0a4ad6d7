// SPDX-License-Identifier: Apache-2.0
// Running a session: check the caller's buffers, copy in, run the nodes in order, copy out.
#include <cstring>

#include "runtime/session/error_text.h"

namespace adze {
namespace {

// Copies the elements of dims[0 .. rank) between two strided places; adjacent rows go in one piece. At most kMaxRank deep.
void CopyStrided(uint8_t* to, const int64_t* to_strides, const uint8_t* from, const int64_t* from_strides, const int32_t* dims, int rank,
                 size_t element_bytes) {
  if (rank == 0) {
    std::memcpy(to, from, element_bytes);
    return;
  }
  const auto n = static_cast<size_t>(dims[0]);
  const auto step = static_cast<int64_t>(element_bytes);
  if (rank == 1 && *to_strides == step && *from_strides == step) {
    std::memcpy(to, from, n * element_bytes);
    return;
  }
  for (size_t i = 0; i < n; ++i) {
    const auto at = static_cast<int64_t>(i);
    CopyStrided(to + at * *to_strides, to_strides + 1, from + at * *from_strides, from_strides + 1, dims + 1, rank - 1, element_bytes);
  }
}

// Copies between a tensor of the session and the caller's dense buffer.
void CopyTensor(const Tensor& tensor, void* buffer, bool in) {
  const int64_t elements = ElementCount(tensor.shape);
  if (elements == 0) return;
  const size_t element_bytes = DTypeBytes(tensor.dtype);
  uint8_t* dense_data = static_cast<uint8_t*>(buffer);
  Tensor dense = tensor;
  SetDenseStrides(&dense);
  uint8_t* to = in ? tensor.data : dense_data;
  const uint8_t* from = in ? dense_data : tensor.data;
  if (IsDense(tensor)) {
    std::memcpy(to, from, static_cast<size_t>(elements) * element_bytes);
    return;
  }
  const int64_t* to_strides = in ? tensor.strides : dense.strides;
  const int64_t* from_strides = in ? dense.strides : tensor.strides;
  CopyStrided(to, to_strides, from, from_strides, tensor.shape.dims, tensor.shape.rank, element_bytes);
}

Status CheckBuffer(const Tensor& tensor, const adze_buffer& buffer) {
  uint32_t dtype;  // a C caller may put any number into the enumeration
  static_assert(sizeof(buffer.dtype) == sizeof(dtype), "enumerations of the C API are ints");
  std::memcpy(&dtype, &buffer.dtype, sizeof(dtype));
  if (dtype != static_cast<uint32_t>(tensor.dtype)) {
    return Error(Code::kInvalidArgument, Detail::kDTypeMismatch, dtype, static_cast<int64_t>(tensor.dtype));
  }
  const int64_t want = ElementCount(tensor.shape) * static_cast<int64_t>(DTypeBytes(tensor.dtype));
  if (buffer.bytes != static_cast<uint64_t>(want)) {
    return Error(Code::kInvalidArgument, Detail::kByteSize, static_cast<int64_t>(buffer.bytes), want);
  }
  if (buffer.data == nullptr && want != 0) return Error(Code::kInvalidArgument, Detail::kNullPointer);
  return OkStatus();
}

Status CheckBuffers(const adze_session& session, Span<const int32_t> indices, const adze_buffer* buffers, int32_t n, Detail wrong_count,
                    int32_t* at) {
  if (static_cast<int64_t>(n) != static_cast<int64_t>(indices.size)) {
    return Error(Code::kInvalidArgument, wrong_count, n, static_cast<int64_t>(indices.size));
  }
  if (buffers == nullptr && n != 0) return Error(Code::kInvalidArgument, Detail::kNullPointer);
  for (*at = 0; *at < n; ++*at) ADZE_RETURN_IF_ERROR(CheckBuffer(session.tensors[indices[static_cast<size_t>(*at)]], buffers[*at]));
  return OkStatus();
}

}  // namespace
}  // namespace adze

adze_status adze_run(adze_session* session, const adze_buffer* inputs, int32_t n_inputs, const adze_buffer* outputs, int32_t n_outputs,
                     adze_error* error) {
  using adze::Detail;
  if (session == nullptr) return adze::Report(adze::Error(adze::Code::kInvalidArgument, Detail::kNullPointer), {}, error);
  const adze::format::Model& model = session->model;
  adze::ErrorContext context;
  context.model = &model;
  context.subject = adze::Subject::kInput;
  adze::Status status = adze::CheckBuffers(*session, model.inputs, inputs, n_inputs, Detail::kInputCount, &context.index);
  if (status.ok()) {
    context.subject = adze::Subject::kOutput;
    status = adze::CheckBuffers(*session, model.outputs, outputs, n_outputs, Detail::kOutputCount, &context.index);
  }
  if (!status.ok()) {
    if (status.detail == Detail::kInputCount || status.detail == Detail::kOutputCount) context.subject = adze::Subject::kNone;
    return adze::Report(status, context, error);
  }
  for (int32_t i = 0; i < n_inputs; ++i) adze::CopyTensor(session->tensors[model.inputs[static_cast<size_t>(i)]], inputs[i].data, true);
  for (uint32_t i = 0; i < model.n_nodes; ++i) session->nodes[i].kernel->run(session->nodes[i].args);
  for (int32_t i = 0; i < n_outputs; ++i) adze::CopyTensor(session->tensors[model.outputs[static_cast<size_t>(i)]], outputs[i].data, false);
  return ADZE_OK;
}
