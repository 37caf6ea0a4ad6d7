// SPDX-License-Identifier: Apache-2.0
// Running a session: check the caller's buffers, copy in, run the nodes in order, copy out.
#include <cstring>

#include "runtime/session/error_text.h"

namespace adze {
namespace {

int64_t BytesOf(const Tensor& tensor) { return ElementCount(tensor.shape) * static_cast<int64_t>(DTypeBytes(tensor.dtype)); }

Status CheckBuffer(const Tensor& tensor, const adze_buffer& buffer) {
  uint32_t dtype;  // a C caller may put any number into the enumeration
  static_assert(sizeof(buffer.dtype) == sizeof(dtype), "enumerations of the C API are ints");
  std::memcpy(&dtype, &buffer.dtype, sizeof(dtype));
  if (dtype != static_cast<uint32_t>(tensor.dtype)) {
    return Error(Code::kInvalidArgument, Detail::kDTypeMismatch, dtype, static_cast<int64_t>(tensor.dtype));
  }
  const int64_t want = BytesOf(tensor);
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
  // The verifier has made sure that graph inputs and outputs lie without gaps; an empty buffer may be a null pointer.
  for (int32_t i = 0; i < n_inputs; ++i) {
    const adze::Tensor& tensor = session->tensors[model.inputs[static_cast<size_t>(i)]];
    if (inputs[i].bytes != 0) std::memcpy(tensor.data, inputs[i].data, inputs[i].bytes);
  }
  for (uint32_t i = 0; i < model.n_nodes; ++i) session->nodes[i].kernel->run(session->nodes[i].args);
  for (int32_t i = 0; i < n_outputs; ++i) {
    const adze::Tensor& tensor = session->tensors[model.outputs[static_cast<size_t>(i)]];
    if (outputs[i].bytes != 0) std::memcpy(outputs[i].data, tensor.data, outputs[i].bytes);
  }
  return ADZE_OK;
}
