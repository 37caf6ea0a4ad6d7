// SPDX-License-Identifier: Apache-2.0
// Thin C++17 over adze.h: ownership only. No exceptions; every call returns the status of the C function. Rules of use are those of adze.h.
//
//   adze::Session session;
//   adze::ErrorText error;
//   if (session.Create(file, bytes, nullptr, &error) != ADZE_OK) { log(error.text()); return; }
//   adze_buffer in = adze::BufferOf(pixels, 3 * 224 * 224), out = adze::BufferOf(scores, 1000);
//   session.Run(&in, 1, &out, 1, &error);
#ifndef ADZE_ADZE_HPP_
#define ADZE_ADZE_HPP_

#include "adze/adze.h"

namespace adze {

// Room for the text of one failure; longer ones are cut (needed() tells).
class ErrorText {
 public:
  ErrorText() : error_{sizeof(adze_error), text_, sizeof(text_), 0} { text_[0] = 0; }
  ErrorText(const ErrorText&) = delete;
  ErrorText& operator=(const ErrorText&) = delete;

  const char* text() const { return text_; }
  size_t needed() const { return error_.needed; }
  adze_error* get() { return &error_; }

 private:
  char text_[4096];
  adze_error error_;
};

// Options with everything at its default: one thread, best level, the C library's memory.
inline adze_options Options() {
  adze_options options = {};
  options.struct_size = sizeof(adze_options);
  return options;
}

// Makes sessions run kernels with `loop`, any callable loop(n, grain, run) that calls run(begin, end) as adze_parallel_for says. It is borrowed:
// it must outlive the sessions made with these options.
//
//   auto loop = [&](size_t n, size_t grain, auto run) { my_pool.For(n, grain, run); };
//   adze::UseParallelFor(&options, &loop);
template <typename Loop>
inline void UseParallelFor(adze_options* options, Loop* loop) {
  options->parallel_for = [](void* context, adze_task task, void* task_context, size_t n, size_t grain) {
    (*static_cast<Loop*>(context))(n, grain, [task, task_context](size_t begin, size_t end) { task(task_context, begin, end); });
  };
  options->parallel_context = loop;
}

// The dtype of a C++ element type. float16 and bool have none of their own: set adze_buffer.dtype.
inline adze_dtype DTypeOf(const float*) { return ADZE_FLOAT32; }
inline adze_dtype DTypeOf(const int32_t*) { return ADZE_INT32; }
inline adze_dtype DTypeOf(const int64_t*) { return ADZE_INT64; }
inline adze_dtype DTypeOf(const int8_t*) { return ADZE_INT8; }
inline adze_dtype DTypeOf(const uint8_t*) { return ADZE_UINT8; }

// `n` elements at `data`. adze_run does not write through a buffer given as an input, so const data may be passed with a cast.
template <typename T>
inline adze_buffer BufferOf(T* data, size_t n) {
  return {data, n * sizeof(T), DTypeOf(data)};
}

// Owns a session. The file's bytes stay the caller's and must outlive it.
class Session {
 public:
  Session() = default;
  ~Session() { Destroy(); }
  Session(Session&& other) noexcept : session_(other.session_) { other.session_ = nullptr; }
  Session& operator=(Session&& other) noexcept {
    if (this != &other) {
      Destroy();
      session_ = other.session_;
      other.session_ = nullptr;
    }
    return *this;
  }
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  // Replaces the session held, if any. `options` and `error` may be null.
  adze_status Create(const void* data, size_t bytes, const adze_options* options, ErrorText* error) {
    Destroy();
    return adze_session_create(data, bytes, options, &session_, error == nullptr ? nullptr : error->get());
  }

  void Destroy() {
    adze_session_destroy(session_);
    session_ = nullptr;
  }

  adze_status Run(const adze_buffer* inputs, int32_t n_inputs, const adze_buffer* outputs, int32_t n_outputs, ErrorText* error) const {
    return adze_run(session_, inputs, n_inputs, outputs, n_outputs, error == nullptr ? nullptr : error->get());
  }

  // In libraries with the feature `resize`.
  adze_status Resize(const adze_shape* shapes, int32_t n, ErrorText* error) const {
    return adze_resize(session_, shapes, n, error == nullptr ? nullptr : error->get());
  }

  explicit operator bool() const { return session_ != nullptr; }
  adze_session* get() const { return session_; }

 private:
  adze_session* session_ = nullptr;
};

}  // namespace adze

#endif  // ADZE_ADZE_HPP_
