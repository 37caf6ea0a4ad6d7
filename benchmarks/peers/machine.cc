// SPDX-License-Identifier: Apache-2.0
// What this machine can do at most, as JSON: multiply-adds a second of loops that touch registers only, per level and number of threads, and bytes a second
// of a loop that reads two arrays and writes a third, per size of the three together.
//
//   g++ -O2 -std=c++17 -pthread machine.cc -o machine && ./machine
#include <sched.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <thread>
#include <vector>

#if defined(__x86_64__)
#include <immintrin.h>
#elif defined(__aarch64__)
#include <arm_neon.h>
#endif

namespace {

using Clock = std::chrono::steady_clock;

constexpr int64_t kRounds = 200000;

// Independent sums: at least latency times pipes of any core (4 cycles, 2 pipes; 4 cycles, 4 pipes on the widest Arm cores), few enough that they and both
// factors stay in registers. One instruction a sum in assembly: left to itself, the compiler picks a form with copies and spills.
#if defined(__x86_64__)
constexpr int kSumsAvx2 = 12, kSumsAvx512 = 16;

__attribute__((target("avx2,fma"))) void FmaAvx2() {
  __m256 s[kSumsAvx2], a = _mm256_set1_ps(0.5f), b = _mm256_set1_ps(0.25f);
#pragma GCC unroll 12
  for (int i = 0; i < kSumsAvx2; ++i) s[i] = _mm256_set1_ps(1.0f);
  for (int64_t r = 0; r < kRounds; ++r) {
#pragma GCC unroll 12
    for (int i = 0; i < kSumsAvx2; ++i) asm volatile("vfmadd231ps %1, %2, %0" : "+x"(s[i]) : "x"(a), "x"(b));
  }
}

__attribute__((target("avx512f"))) void FmaAvx512() {
  __m512 s[kSumsAvx512], a = _mm512_set1_ps(0.5f), b = _mm512_set1_ps(0.25f);
#pragma GCC unroll 16
  for (int i = 0; i < kSumsAvx512; ++i) s[i] = _mm512_set1_ps(1.0f);
  for (int64_t r = 0; r < kRounds; ++r) {
#pragma GCC unroll 16
    for (int i = 0; i < kSumsAvx512; ++i) asm volatile("vfmadd231ps %1, %2, %0" : "+v"(s[i]) : "v"(a), "v"(b));
  }
}
#elif defined(__aarch64__)
constexpr int kSumsNeon = 16;

void FmaNeon() {
  float32x4_t s[kSumsNeon], a = vdupq_n_f32(0.5f), b = vdupq_n_f32(0.25f);
#pragma GCC unroll 16
  for (int i = 0; i < kSumsNeon; ++i) s[i] = vdupq_n_f32(1.0f);
  for (int64_t r = 0; r < kRounds; ++r) {
#pragma GCC unroll 16
    for (int i = 0; i < kSumsNeon; ++i) asm volatile("fmla %0.4s, %1.4s, %2.4s" : "+w"(s[i]) : "w"(a), "w"(b));
  }
}
#endif

struct Loop {
  const char* level;
  void (*run)();
  double macs;
};

std::vector<Loop> Loops() {
  std::vector<Loop> loops;
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) loops.push_back({"avx2", FmaAvx2, 8.0 * kSumsAvx2 * kRounds});
  if (__builtin_cpu_supports("avx512f")) loops.push_back({"avx512", FmaAvx512, 16.0 * kSumsAvx512 * kRounds});
#elif defined(__aarch64__)
  loops.push_back({"neon", FmaNeon, 4.0 * kSumsNeon * kRounds});
#endif
  return loops;
}

// The calling thread onto the n-th core that the process may use: left to the scheduler, two threads this short-lived often share one.
void Pin(int n) {
  static const cpu_set_t allowed = [] {
    cpu_set_t set;
    CPU_ZERO(&set);
    sched_getaffinity(0, sizeof(set), &set);
    return set;
  }();
  for (int cpu = 0; cpu < CPU_SETSIZE; ++cpu) {
    if (!CPU_ISSET(cpu, &allowed) || n-- != 0) continue;
    cpu_set_t one;
    CPU_ZERO(&one);
    CPU_SET(cpu, &one);
    sched_setaffinity(0, sizeof(one), &one);
    return;
  }
}

// Seconds until all of `threads` have run f once, all started at the same moment.
template <typename Fn>
double Together(int threads, const Fn& f) {
  std::atomic<int> ready{0};
  std::atomic<bool> go{false};
  std::vector<std::thread> others;
  for (int t = 1; t < threads; ++t) {
    others.emplace_back([&, t] {
      Pin(t);
      ++ready;
      while (!go) {
      }
      f(t);
    });
  }
  while (ready < threads - 1) {
  }
  const Clock::time_point start = Clock::now();
  go = true;
  f(0);
  for (std::thread& t : others) t.join();
  return std::chrono::duration<double>(Clock::now() - start).count();
}

// The best of a few: the peak is what the machine can do, other load only takes away.
double GigaMacs(const Loop& loop, int threads) {
  double best = 0;
  for (int k = 0; k < 101; ++k) best = std::max(best, threads * loop.macs / Together(threads, [&](int) { loop.run(); }) / 1e9);
  return best;
}

double GigaBytes(size_t bytes, int threads) {
  const size_t n = bytes / 3 / sizeof(float) / static_cast<size_t>(threads);
  std::vector<std::vector<float>> arrays(3 * static_cast<size_t>(threads), std::vector<float>(n, 1.0f));
  const int passes = static_cast<int>(std::max<size_t>(2, (size_t{64} << 20) / bytes));
  double best = 0;
  for (int k = 0; k < 7; ++k) {
    const double seconds = Together(threads, [&](int t) {
      const float* a = arrays[3 * static_cast<size_t>(t)].data();
      const float* b = arrays[3 * static_cast<size_t>(t) + 1].data();
      float* c = arrays[3 * static_cast<size_t>(t) + 2].data();
      for (int p = 0; p < passes; ++p) {
        for (size_t i = 0; i < n; ++i) c[i] = a[i] + b[i];
        asm volatile("" ::: "memory");
      }
    });
    best = std::max(best, 3.0 * sizeof(float) * static_cast<double>(n) * threads * passes / seconds / 1e9);
  }
  return best;
}

}  // namespace

int main() {
  const int cores = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
  Pin(0);
  const std::vector<int> threads = cores > 1 ? std::vector<int>{1, 2} : std::vector<int>{1};
  std::string text = "{\"gmacs\": {";
  bool first = true;
  for (const Loop& loop : Loops()) {
    text += std::string(first ? "\"" : ", \"") + loop.level + "\": {";
    first = false;
    for (const int t : threads) text += (t == 1 ? "\"" : ", \"") + std::to_string(t) + "\": " + std::to_string(GigaMacs(loop, t));
    text += "}";
  }
  text += "}, \"gbytes\": {";
  for (const int t : threads) {
    text += (t == 1 ? "\"" : ", \"") + std::to_string(t) + "\": {";
    for (size_t kib = 24; kib <= size_t{192} << 10; kib *= 4) {
      text += (kib == 24 ? "\"" : ", \"") + std::to_string(kib << 10) + "\": " + std::to_string(GigaBytes(kib << 10, t));
    }
    text += "}";
  }
  std::puts((text + "}}").c_str());
  return 0;
}
