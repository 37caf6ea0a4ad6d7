// SPDX-License-Identifier: Apache-2.0
// What the thread pool asks of the operating system (system.cc: Linux).
#pragma once

#include <cstdint>

namespace adze {

// CPUs that the calling thread, and threads it makes, may run on: its affinity mask (taskset, cpuset), not a quota of time. At least 1.
int CpusAllowed();

// A clock that never goes back; its zero has no meaning.
int64_t MonotonicNanoseconds();

}  // namespace adze
