// SPDX-License-Identifier: Apache-2.0
// What parity tests share: buffers between guard pages, seeded data, a kernel call, comparison with a stated bound, levels of this CPU.
#pragma once

#include <gtest/gtest.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "kernels/contract/kernel.h"
#include "op-registry/core/level.h"
#include "op-registry/core/op.h"
#include "op-registry/core/row.h"
#include "op-registry/core/shape.h"

namespace adze::parity {

// Which end of the buffer touches a page that may not be touched.
enum class Guard { kAfter, kBefore };

// Memory of exactly `bytes` bytes: an access past the guarded end faults, and changes of the slack at the other end are found by Intact().
class GuardedBuffer {
 public:
  explicit GuardedBuffer(size_t bytes, Guard guard = Guard::kAfter) : bytes_(bytes) {
    const auto page = static_cast<size_t>(sysconf(_SC_PAGESIZE));
    room_ = (bytes + page - 1) / page * page;
    mapped_ = room_ + 2 * page;
    base_ = static_cast<uint8_t*>(mmap(nullptr, mapped_, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
    if (base_ == MAP_FAILED) std::abort();
    room_begin_ = base_ + page;
    if (room_ != 0 && mprotect(room_begin_, room_, PROT_READ | PROT_WRITE) != 0) std::abort();
    std::memset(room_begin_, kSlack, room_);
    data_ = guard == Guard::kAfter ? room_begin_ + room_ - bytes : room_begin_;
  }
  ~GuardedBuffer() { munmap(base_, mapped_); }
  GuardedBuffer(const GuardedBuffer&) = delete;
  GuardedBuffer& operator=(const GuardedBuffer&) = delete;

  uint8_t* data() const { return data_; }
  size_t size() const { return bytes_; }
  template <typename T>
  T* as() const {
    return reinterpret_cast<T*>(data_);
  }

  bool Intact() const {
    for (const uint8_t* p = room_begin_; p < room_begin_ + room_; ++p) {
      if ((p < data_ || p >= data_ + bytes_) && *p != kSlack) return false;
    }
    return true;
  }

 private:
  static constexpr uint8_t kSlack = 0xa5;
  size_t bytes_, room_, mapped_;
  uint8_t *base_, *room_begin_, *data_;
};

// A strided tensor in guarded memory. `order` lists the dims from the outermost to the innermost as they lie in memory (an NCHW picture
// seen as NHWC: {0, 3, 1, 2}); `gap` elements are left free behind each innermost row. Gaps hold a sentinel that GapsIntact() checks.
class TensorBox {
 public:
  TensorBox(DType type, const std::vector<int>& dims, Guard guard = Guard::kAfter, int64_t gap = 0, std::vector<int> order = {})
      : buffer_(Bytes(type, dims, gap, std::move(order), &tensor_), guard) {
    tensor_.data = buffer_.data();
    std::memset(buffer_.data(), kGap, buffer_.size());
  }

  const Tensor& tensor() const { return tensor_; }
  const Tensor* ptr() const { return &tensor_; }

  // The address of each element, in row-major order of the dims.
  template <typename T>
  std::vector<T*> Elements() const {
    std::vector<T*> all;
    const int64_t n = ElementCount(tensor_.shape);
    for (int64_t i = 0; i < n; ++i) {
      int64_t rest = i;
      int64_t at = 0;
      for (int d = tensor_.shape.rank - 1; d >= 0; --d) {
        at += rest % tensor_.dim(d) * tensor_.strides[d];
        rest /= tensor_.dim(d);
      }
      all.push_back(reinterpret_cast<T*>(tensor_.data + at));
    }
    return all;
  }

  template <typename T>
  std::vector<T> Values() const {
    std::vector<T> values;
    for (const T* p : Elements<T>()) values.push_back(*p);
    return values;
  }

  template <typename T>
  void Set(const std::vector<T>& values) {
    const std::vector<T*> at = Elements<T>();
    for (size_t i = 0; i < at.size() && i < values.size(); ++i) *at[i] = values[i];
  }

  // Nothing between or beside the elements was written.
  bool GapsIntact() const {
    std::vector<bool> used(buffer_.size(), false);
    const size_t width = DTypeBytes(tensor_.dtype);
    for (const uint8_t* p : Elements<uint8_t>()) {
      for (size_t i = 0; i < width; ++i) used[static_cast<size_t>(p - buffer_.data()) + i] = true;
    }
    for (size_t i = 0; i < used.size(); ++i) {
      if (!used[i] && buffer_.data()[i] != kGap) return false;
    }
    return buffer_.Intact();
  }

 private:
  static constexpr uint8_t kGap = 0xa5;

  // Fills the tensor's shape and strides; returns the bytes from its first element to behind its last.
  static size_t Bytes(DType type, const std::vector<int>& dims, int64_t gap, std::vector<int> order, Tensor* t) {
    t->dtype = type;
    t->shape.rank = static_cast<int32_t>(dims.size());
    for (size_t i = 0; i < dims.size(); ++i) t->shape.dims[i] = dims[i];
    if (order.empty()) {
      for (size_t i = 0; i < dims.size(); ++i) order.push_back(static_cast<int>(i));
    }
    const auto width = static_cast<int64_t>(DTypeBytes(type));
    int64_t stride = width;
    int64_t last = 0;
    for (size_t i = order.size(); i-- > 0;) {
      const int d = order[i];
      t->strides[d] = stride;
      last += (t->dim(d) - 1) * stride;
      stride *= t->dim(d);
      if (i + 1 == order.size()) stride += gap * width;
    }
    return ElementCount(t->shape) == 0 ? 0 : static_cast<size_t>(last + width);
  }

  Tensor tensor_;
  GuardedBuffer buffer_;
};

using Random = std::mt19937;

inline std::vector<float> RandomFloats(Random* random, size_t n, float lo = -1, float hi = 1) {
  std::uniform_real_distribution<float> draw(lo, hi);
  std::vector<float> values(n);
  for (float& v : values) v = draw(*random);
  return values;
}

inline std::vector<int8_t> RandomInt8(Random* random, size_t n) {
  std::uniform_int_distribution<int> draw(-128, 127);
  std::vector<int8_t> values(n);
  for (int8_t& v : values) v = static_cast<int8_t>(draw(*random));
  return values;
}

inline size_t Count(const TensorBox& t) { return static_cast<size_t>(ElementCount(t.tensor().shape)); }

// A Parallel that cuts [0, n) into `parts` ranges and runs them one after another, the last one first.
struct SplitParallel {
  Parallel base;  // first member: a Parallel* to it is a pointer to the whole
  size_t parts;

  explicit SplitParallel(size_t n_parts) : base{Run}, parts(n_parts) {}
  static void Run(const Parallel* self, void (*task)(void*, size_t, size_t), void* context, size_t n, size_t) {
    const size_t parts = reinterpret_cast<const SplitParallel*>(self)->parts;
    for (size_t i = parts; i-- > 0;) {
      const size_t begin = n * i / parts;
      const size_t end = n * (i + 1) / parts;
      if (begin < end) task(context, begin, end);
    }
  }
};

// Runs a kernel over tensors whose params are `params`, with scratch of exactly `scratch_bytes` between guard pages.
template <typename Params>
void RunKernel(const Kernel& kernel, const std::vector<const Tensor*>& in, const std::vector<const Tensor*>& out, const Params& params,
               const std::vector<const void*>& ukernels = {}, size_t scratch_bytes = 0, size_t parts = 1) {
  std::vector<uint8_t> odd(sizeof(Params) + 1);  // params have no alignment
  std::memcpy(odd.data() + 1, &params, sizeof(Params));
  GuardedBuffer scratch(static_cast<size_t>((scratch_bytes + 63) / 64 * 64));
  std::memset(scratch.data(), 0xff, scratch.size());  // NaN as floats
  const SplitParallel parallel(parts);
  KernelArgs args;
  args.in = in.data();
  args.out = out.data();
  args.n_in = static_cast<int32_t>(in.size());
  args.n_out = static_cast<int32_t>(out.size());
  args.params = odd.data() + 1;
  args.ukernels = ukernels.data();
  args.scratch = scratch.data();
  args.parallel = &parallel.base;
  kernel.run(args);
  for (size_t i = scratch_bytes; i < scratch.size(); ++i) ASSERT_EQ(scratch.data()[i], 0xff) << "wrote past its scratch";
}

// Checks params and shapes with the op's own rules and fills the key that select() would see.
template <typename Params>
Key KeyOf(const OpDef& op, const std::vector<const Tensor*>& in, const std::vector<const Tensor*>& out, const Params& params) {
  NodeArgs node;
  node.in = in.data();
  node.out = out.data();
  node.n_in = static_cast<int32_t>(in.size());
  node.n_out = static_cast<int32_t>(out.size());
  node.params = reinterpret_cast<const uint8_t*>(&params);
  node.params_bytes = sizeof(Params);
  std::vector<TensorType> types(out.size());
  const Status status = op.infer(node, types.data());
  EXPECT_TRUE(status.ok()) << op.name << ": detail " << static_cast<int>(status.detail) << " got " << status.got << " want " << status.want;
  for (size_t i = 0; i < out.size() && status.ok(); ++i) EXPECT_TRUE(types[i].shape == out[i]->shape);
  Key key;
  if (status.ok()) op.key(node, &key);
  return key;
}

// The row called `name` in a rows array.
template <typename Row, size_t N>
const Row& RowOf(const Row (&rows)[N], const char* name) {
  for (const Row& row : rows) {
    if (std::strcmp(row.name, name) == 0) return row;
  }
  ADD_FAILURE() << "no row is called " << name;
  return rows[0];
}

inline int64_t Value(const Expr& e, const Key& key, int64_t if_empty) { return Evaluate(e.code, e.size, key, if_empty); }

// Equal within `bound[i]`, NaN exactly where NaN is wanted. Reports the first difference only.
inline void ExpectNear(const std::vector<float>& got, const std::vector<float>& want, const std::vector<double>& bound,
                       const std::string& what) {
  ASSERT_EQ(got.size(), want.size()) << what;
  for (size_t i = 0; i < got.size(); ++i) {
    if (std::isnan(want[i]) && std::isnan(got[i])) continue;
    const double difference = std::fabs(static_cast<double>(got[i]) - want[i]);
    if (got[i] == want[i] || difference <= bound[i]) continue;
    ADD_FAILURE() << what << ": element " << i << " is " << got[i] << ", the reference says " << want[i] << " +- " << bound[i];
    return;
  }
}

// The same bits.
template <typename T>
void ExpectSame(const std::vector<T>& got, const std::vector<T>& want, const std::string& what) {
  ASSERT_EQ(got.size(), want.size()) << what;
  for (size_t i = 0; i < got.size(); ++i) {
    if (std::memcmp(&got[i], &want[i], sizeof(T)) == 0) continue;
    ADD_FAILURE() << what << ": element " << i << " is " << +got[i] << ", wanted the bits of " << +want[i];
    return;
  }
}

// Does this CPU run units of `level`? (Test binaries hold all units of their architecture.)
inline bool CpuRuns(Level level) {
#if defined(__x86_64__)
  // Every CPU with AVX2 and FMA has F16C, a name that clang 14 does not know here.
  if (level == Level::kAvx2) return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
  if (level == Level::kAvx512) {
    return CpuRuns(Level::kAvx2) && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
           __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
  }
  return level != Level::kNeon;
#else
  return level != Level::kAvx2 && level != Level::kAvx512;
#endif
}

// A micro-kernel under test.
template <typename Ukernel>
struct Variant {
  const char* name;
  Level level;
  const Ukernel* ukernel;
};

// Those of `all` that this CPU runs; says which it leaves out, and fails on AVX-512 where the environment asks for it.
template <typename Ukernel>
std::vector<Variant<Ukernel>> Runnable(const std::vector<Variant<Ukernel>>& all) {
  std::vector<Variant<Ukernel>> runnable;
  for (const Variant<Ukernel>& v : all) {
    if (CpuRuns(v.level)) {
      runnable.push_back(v);
      continue;
    }
    std::printf("not tested, this CPU lacks %s: %s\n", LevelName(v.level), v.name);
    const char* required = std::getenv("ADZE_REQUIRE_AVX512");
    const bool must = v.level == Level::kAvx512 && required != nullptr && std::strcmp(required, "1") == 0;
    EXPECT_FALSE(must) << "ADZE_REQUIRE_AVX512=1, but this CPU has no AVX-512";
  }
  return runnable;
}

}  // namespace adze::parity
