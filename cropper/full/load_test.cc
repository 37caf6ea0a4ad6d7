// SPDX-License-Identifier: Apache-2.0
// What a session costs beside its runs: weights stay in the file's mapping, memory is the arena and the bookkeeping and no more, and a session is
// ready before its weights have been read.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>

#include "adze/adze.hpp"
#include "models/format/writer.h"
#include "models/passes/pipeline.h"
#include "models/passes/testing/graph_builder.h"

namespace adze {
namespace {

constexpr size_t kKilobyte = 1024, kPage = 4096;

// 32 MiB of weights in a layer with one row of input; beside it a convolution whose tensors take 5 MiB.
std::vector<uint8_t> MakeModel() {
  passes::GraphBuilder b;
  b.Output(b.FullyConnected(b.Input({1, 4096}), 2048));
  b.Output(b.Pool(b.Conv(b.Input({1, 64, 64, 64}), 256, 1), PoolKind::kMax, 64, 64));
  passes::RunPipeline(&b.g);
  return format::WriteAdze(b.g);
}

// The model in a file of its own, unlinked at once.
class ModelFile {
 public:
  ModelFile() {
    const std::vector<uint8_t> bytes = MakeModel();
    size_ = bytes.size();
    std::FILE* file = std::tmpfile();
    EXPECT_NE(file, nullptr);
    EXPECT_EQ(std::fwrite(bytes.data(), 1, size_, file), size_);
    EXPECT_EQ(std::fflush(file), 0);
    fd_ = dup(fileno(file));
    std::fclose(file);
  }
  ~ModelFile() { close(fd_); }
  ModelFile(const ModelFile&) = delete;
  ModelFile& operator=(const ModelFile&) = delete;
  int fd() const { return fd_; }
  size_t size() const { return size_; }

 private:
  int fd_ = -1;
  size_t size_ = 0;
};

class Mapping {
 public:
  explicit Mapping(const ModelFile& file) : data_(mmap(nullptr, file.size(), PROT_READ, MAP_PRIVATE, file.fd(), 0)), size_(file.size()) {
    EXPECT_NE(data_, MAP_FAILED);
  }
  ~Mapping() { munmap(data_, size_); }
  Mapping(const Mapping&) = delete;
  Mapping& operator=(const Mapping&) = delete;
  const uint8_t* data() const { return static_cast<const uint8_t*>(data_); }
  size_t size() const { return size_; }

 private:
  void* data_;
  size_t size_;
};

// Of the whole process, in bytes.
size_t PrivateDirty() {
  std::ifstream rollup("/proc/self/smaps_rollup");
  std::string line;
  while (std::getline(rollup, line)) {
    unsigned long kilobytes;
    if (std::sscanf(line.c_str(), "Private_Dirty: %lu kB", &kilobytes) == 1) return kilobytes * kKilobyte;
  }
  return 0;
}

struct Io {
  std::vector<float> x = std::vector<float>(4096, 0.5f), picture = std::vector<float>(64 * 64 * 64, 0.5f);
  std::vector<float> y = std::vector<float>(2048, 0.0f), maxima = std::vector<float>(256, 0.0f);

  adze_status Run(const Session& session) {
    const adze_buffer in[] = {BufferOf(x.data(), x.size()), BufferOf(picture.data(), picture.size())};
    const adze_buffer out[] = {BufferOf(y.data(), y.size()), BufferOf(maxima.data(), maxima.size())};
    return session.Run(in, 2, out, 2, nullptr);
  }
};

TEST(Load, PrivateMemoryIsArenaAndBookkeeping) {
#if defined(__SANITIZE_ADDRESS__)
  GTEST_SKIP() << "1 skipped: AddressSanitizer keeps memory of its own";
#endif
  const ModelFile file;
  const Mapping mapping(file);
  Io io;
  {
    Session warm_up;  // what the C library takes on its first use
    ASSERT_EQ(warm_up.Create(mapping.data(), mapping.size(), nullptr, nullptr), ADZE_OK);
    ASSERT_EQ(io.Run(warm_up), ADZE_OK);
  }
  const size_t before = PrivateDirty();
  if (before == 0) GTEST_SKIP() << "1 skipped: no /proc/self/smaps_rollup";
  Session session;
  ASSERT_EQ(session.Create(mapping.data(), mapping.size(), nullptr, nullptr), ADZE_OK);
  const size_t arena = adze_arena_bytes(session.get()), bookkeeping = adze_bookkeeping_bytes(session.get());
  const size_t created = PrivateDirty() - before;
  ASSERT_EQ(io.Run(session), ADZE_OK);
  const size_t run = PrivateDirty() - before;
  std::printf("MEMORY file %zu B, arena %zu B, bookkeeping %zu B; private dirty after create %zu B, after a run %zu B\n", mapping.size(),
              arena, bookkeeping, created, run);
  EXPECT_GT(arena, 5u << 20);
  // Stack and heap in whole pages; the counters of the kernel lag behind by some of them.
  const size_t slack = 32 * kPage;
  EXPECT_LE(created, bookkeeping + slack);  // the arena is not touched before a run needs it
  EXPECT_LE(run, arena + bookkeeping + slack);
  EXPECT_GE(run, arena / 2);  // that the counter counts
}

template <typename F>
double BestSeconds(const ModelFile& file, const F& f) {
  double best = 1e9;
  for (int k = 0; k < 7; ++k) {
    const Mapping mapping(file);  // fresh: touching it takes page faults each time
    const auto start = std::chrono::steady_clock::now();
    f(mapping);
    best = std::min(best, std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
  }
  return best;
}

TEST(Load, ASessionIsReadyBeforeItsWeightsCouldBeTouchedOnce) {
  const ModelFile file;
  volatile uint64_t sink = 0;
  const double touch = BestSeconds(file, [&](const Mapping& m) {
    for (size_t i = 0; i + 8 <= m.size(); i += 64) sink = sink + m.data()[i];
  });
  const double ready = BestSeconds(file, [&](const Mapping& m) {
    Session session;
    EXPECT_EQ(session.Create(m.data(), m.size(), nullptr, nullptr), ADZE_OK);
  });
  std::printf("TIME session ready in %.3f ms, weights touched once in %.3f ms: ratio %.3f\n", 1e3 * ready, 1e3 * touch, ready / touch);
  EXPECT_LE(ready, 1.2 * touch);
}

}  // namespace
}  // namespace adze
