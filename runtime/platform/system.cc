// SPDX-License-Identifier: Apache-2.0
// Linux.
#include "runtime/platform/system.h"

#include <sched.h>
#include <time.h>

namespace adze {
namespace {

// The most that Linux can be built for; with room for fewer than it is built for, the call below would fail.
constexpr int kMaxCpus = 8192;

}  // namespace

int CpusAllowed() {
  cpu_set_t allowed[kMaxCpus / CPU_SETSIZE];
  if (sched_getaffinity(0, sizeof(allowed), allowed) != 0) return 1;
  return CPU_COUNT_S(sizeof(allowed), allowed);
}

int64_t MonotonicNanoseconds() {
  timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);  // cannot fail for this clock
  return int64_t{now.tv_sec} * 1000000000 + now.tv_nsec;
}

}  // namespace adze
