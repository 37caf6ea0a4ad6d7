// SPDX-License-Identifier: Apache-2.0
// The one error type of device code: a code, a detail and the two values that disagreed. Texts are made elsewhere
// (runtime/session/status_text.cc), so that a library without texts carries numbers only.
#pragma once

#include <cstdint>

namespace adze {

// The values are those of adze_status in include/adze/adze.h: never renumber.
enum class Code : uint8_t {
  kOk = 0,
  kInvalidArgument = 1,  // the caller's mistake: null pointer, wrong input size or dtype
  kDamagedFile = 2,      // the bytes are not a whole, consistent .adze
  kNewerFormat = 3,      // written by a newer Adze
  kNotInCrop = 4,        // sound file, but this library lacks rows that it needs
  kUnsupportedCpu = 5,   // this CPU offers none of the levels in the library
  kOutOfMemory = 6,
  kInternal = 7,
};

// What exactly is wrong. One sentence each in runtime/session/status_text.cc; appended only.
enum class Detail : uint8_t {
  kNone = 0,
  kTruncated,  // want: bytes needed, got: bytes there
  kBadIdentifier,
  kBadChecksum,
  kBadStructure,  // FlatBuffers verifier refused
  kBadHeader,
  kTooLarge,      // a size overflows or exceeds its limit; got: the value
  kBadTensor,     // got: tensor index
  kBadOffset,     // tensor or scratch outside its section; got: tensor index or byte offset
  kOverlap,       // two live tensors share arena bytes; got, want: their indices
  kBadNodeInput,  // got: index in the file
  kBadNodeOrder,  // a tensor is read before it is written; got: tensor index
  kInputCount,
  kOutputCount,
  kParamsSize,
  kParamsValue,  // got: the value refused
  kRank,
  kDimension,      // got, want
  kDTypeMismatch,  // got, want as DType
  kScratch,        // scratch planned too small; got, want in bytes
  kMisaligned,     // got: address or offset modulo the alignment, want: alignment
  kNullPointer,
  kByteSize,  // a buffer of the wrong size; got, want in bytes
  kNoLevel,
  kMissingRows,  // got: how many
  kThreads,
  kDTypeUnknown,
};

// 16 bytes, so that it travels in registers: with wider fields the runtime's text is 7 % larger.
struct [[nodiscard]] Status {
  Code code = Code::kOk;
  Detail detail = Detail::kNone;
  int16_t node = -1;  // index of the node concerned, -1: none
  int32_t got = 0;    // values beyond int32 are stored as the nearest int32
  int64_t want = 0;

  constexpr bool ok() const { return code == Code::kOk; }
};

inline constexpr Status OkStatus() { return {}; }

inline constexpr Status Error(Code code, Detail detail, int64_t got = 0, int64_t want = 0, int32_t node = -1) {
  const int64_t kept = got > INT32_MAX ? INT32_MAX : got < INT32_MIN ? INT32_MIN : got;
  return Status{code, detail, static_cast<int16_t>(node), static_cast<int32_t>(kept), want};
}

// A file that contradicts itself. Op checks use this: their inputs all come from the file.
inline constexpr Status Damaged(Detail detail, int64_t got = 0, int64_t want = 0) { return Error(Code::kDamagedFile, detail, got, want); }

static_assert(sizeof(Status) == 16, "two registers");

#define ADZE_RETURN_IF_ERROR(expr)               \
  do {                                           \
    const ::adze::Status adze_status_ = (expr);  \
    if (!adze_status_.ok()) return adze_status_; \
  } while (false)

}  // namespace adze
