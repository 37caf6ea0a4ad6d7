// SPDX-License-Identifier: Apache-2.0
// x86-64: CPUID says what the processor has, XGETBV which registers the operating system saves. Not __builtin_cpu_supports: that brings a
// constructor from the compiler's library.
#include <cpuid.h>

#include "runtime/platform/cpu.h"

namespace adze {
namespace {

constexpr unsigned kFma = 1u << 12, kOsxsave = 1u << 27, kF16c = 1u << 29;                                                  // leaf 1, ECX
constexpr unsigned kAvx2 = 1u << 5, kAvx512F = 1u << 16, kAvx512Dq = 1u << 17, kAvx512Bw = 1u << 30, kAvx512Vl = 1u << 31;  // leaf 7, EBX
constexpr unsigned kYmmState = 0x6, kZmmState = 0xe6;                                                                       // XCR0

unsigned SavedState() {
  unsigned low, high;
  __asm__("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
  return low;
}

bool HasAll(unsigned bits, unsigned wanted) { return (bits & wanted) == wanted; }

}  // namespace

bool CpuOffers(Level level) {
  if (level == Level::kReference || level == Level::kScalar) return true;
  if (level != Level::kAvx2 && level != Level::kAvx512) return false;
  unsigned eax, ebx, ecx, edx;
  if (__get_cpuid(1, &eax, &ebx, &ecx, &edx) == 0 || !HasAll(ecx, kFma | kOsxsave | kF16c)) return false;
  if (__get_cpuid_count(7, 0, &eax, &ebx, &ecx, &edx) == 0) return false;
  if (level == Level::kAvx2) return HasAll(ebx, kAvx2) && HasAll(SavedState(), kYmmState);
  return HasAll(ebx, kAvx2 | kAvx512F | kAvx512Dq | kAvx512Bw | kAvx512Vl) && HasAll(SavedState(), kZmmState);
}

}  // namespace adze
