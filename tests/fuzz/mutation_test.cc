// SPDX-License-Identifier: Apache-2.0
// 2,000 mutations of each file kind: every one is an error, or gives what the reference kernels give on the same bytes. A mutation that takes over
// 10 s kills the test.
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "adze/adze.hpp"
#include "models/format/writer.h"
#include "models/import/import.h"
#include "models/passes/pipeline.h"
#include "models/schema/header.h"

namespace {

using Bytes = std::vector<uint8_t>;
constexpr int kMutations = 2000;
constexpr unsigned kSecondsEach = 10;
// An allocation beyond this counts as out of memory: no seed needs a hundredth of it.
constexpr size_t kMemoryLimit = size_t{1} << 28;

Bytes ReadFile(const std::string& path) {
  std::ifstream f(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(f), std::istreambuf_iterator<char>()};
}

// The digits models of this project, and small real ones where ADZE_MODELS is set.
std::vector<std::string> Seeds(const std::string& kind) {
  std::vector<std::string> paths;
  if (kind != "onnx") paths.push_back(std::string(ADZE_ZOO) + "/digits_cnn.tflite");
  if (kind != "tflite") paths.push_back(std::string(ADZE_ZOO) + "/digits_net.onnx");
  if (const char* models = std::getenv("ADZE_MODELS")) {
    if (kind != "onnx") paths.push_back(std::string(models) + "/tflite/anomaly_toycar_int8.tflite");
    if (kind != "tflite") paths.push_back(std::string(models) + "/onnx/mnist_cntk.onnx");
  } else {
    std::printf("2 seeds skipped: ADZE_MODELS is not set\n");
  }
  return paths;
}

// Flips bits, overwrites words with telling values, truncates, repeats or removes a stretch.
Bytes Mutate(const Bytes& seed, std::mt19937* rng) {
  Bytes b = seed;
  auto pick = [&](size_t n) { return std::uniform_int_distribution<size_t>(0, n - 1)(*rng); };
  // Half of all mutations hit the structure, which weights would drown: the first and last kilobytes.
  auto place = [&](size_t n) {
    const size_t edge = std::min<size_t>(n, 2048);
    return pick(2) == 0 ? pick(n) : pick(2) == 0 ? pick(edge) : n - 1 - pick(edge);
  };
  for (size_t count = 1 + pick(4); count > 0 && !b.empty(); --count) {
    switch (pick(5)) {
      case 0:
      case 1: b[place(b.size())] ^= static_cast<uint8_t>(1u << pick(8)); break;
      case 2: {
        constexpr uint32_t kValues[] = {0, 1, 0x7fffffff, 0x80000000, 0xffffffff, 0x10000, 0x40000000};
        const uint32_t v = kValues[pick(7)];
        const size_t at = place(b.size()) / 4 * 4;
        for (size_t i = 0; i < 4 && at + i < b.size(); ++i) b[at + i] = static_cast<uint8_t>(v >> (8 * i));
        break;
      }
      case 3: b.resize(pick(8) == 0 ? pick(b.size()) : b.size() - pick(std::min<size_t>(b.size(), 64))); break;
      default: {
        const size_t at = place(b.size());
        const size_t n = std::min<size_t>(1 + pick(32), b.size() - at);
        const Bytes part(b.begin() + at, b.begin() + at + n);
        if (pick(2) == 0) {
          b.erase(b.begin() + at, b.begin() + at + n);
        } else {
          b.insert(b.begin() + at, part.begin(), part.end());
        }
      }
    }
  }
  return b;
}

// Names the mutation before the process ends, so that it can be made again.
std::string* current = nullptr;

void TooSlow(int) {
  constexpr char kText[] = "\nover the time limit: ";
  if (write(2, kText, sizeof(kText) - 1) < 0 || write(2, current->data(), current->size()) < 0 || write(2, "\n", 1) < 0) _exit(2);
  _exit(1);
}

// Within the life of one, the process ends after kSecondsEach.
class TimeLimit {
 public:
  explicit TimeLimit(std::string what) : what_(std::move(what)) {
    current = &what_;
    std::signal(SIGALRM, TooSlow);
    alarm(kSecondsEach);
  }
  ~TimeLimit() { alarm(0); }
  TimeLimit(const TimeLimit&) = delete;
  TimeLimit& operator=(const TimeLimit&) = delete;

 private:
  std::string what_;
};

void* LimitedAllocate(void*, size_t bytes, size_t alignment) {
  void* p = nullptr;
  if (bytes > kMemoryLimit || posix_memalign(&p, alignment < sizeof(void*) ? sizeof(void*) : alignment, bytes) != 0) return nullptr;
  return p;
}
void Release(void*, void* p) { std::free(p); }

// Outputs of one run as doubles, or an empty vector with the status.
struct Answer {
  adze_status status = ADZE_OK;
  std::vector<std::vector<double>> outputs;
};

Answer RunAt(const uint8_t* data, size_t bytes, const char* level) {
  adze_options options = adze::Options();
  options.level = level;
  options.allocate = LimitedAllocate;
  options.release = Release;
  adze_session* session = nullptr;
  Answer answer;
  answer.status = adze_session_create(data, bytes, &options, &session, nullptr);
  if (answer.status != ADZE_OK) return answer;
  std::vector<Bytes> in, out;
  std::vector<adze_buffer> in_buffers, out_buffers;
  std::vector<adze_tensor_info> out_info;
  for (int i = 0; i < adze_input_count(session); ++i) {
    adze_tensor_info info;
    EXPECT_EQ(adze_input_info(session, i, &info), ADZE_OK);
    in.emplace_back(info.bytes);
    uint32_t x = 12345;
    for (size_t k = 0; k < info.bytes / 4; ++k) {
      x = 1664525u * x + 1013904223u;
      const float v = static_cast<float>(x >> 8) / 16777216.0f;
      std::memcpy(in.back().data() + 4 * k, &v, 4);
    }
    in_buffers.push_back({in.back().data(), info.bytes, info.dtype});
  }
  for (int i = 0; i < adze_output_count(session); ++i) {
    adze_tensor_info info;
    EXPECT_EQ(adze_output_info(session, i, &info), ADZE_OK);
    out.emplace_back(info.bytes);
    out_info.push_back(info);
    out_buffers.push_back({out.back().data(), info.bytes, info.dtype});
  }
  answer.status = adze_run(session, in_buffers.data(), static_cast<int32_t>(in_buffers.size()), out_buffers.data(),
                           static_cast<int32_t>(out_buffers.size()), nullptr);
  for (size_t i = 0; i < out.size(); ++i) {
    std::vector<double> values;
    if (out_info[i].dtype == ADZE_FLOAT32) {
      for (size_t k = 0; k + 4 <= out[i].size(); k += 4) {
        float v;
        std::memcpy(&v, out[i].data() + k, 4);
        values.push_back(v);
      }
    } else {
      for (const uint8_t b : out[i]) values.push_back(b);
    }
    answer.outputs.push_back(values);
  }
  adze_session_destroy(session);
  return answer;
}

struct Tally {
  int refused = 0, equal = 0, incomparable = 0;
};

// Weights of any size are legal: where sums leave the range in which float32 orders of summation agree, values cannot be compared.
bool Comparable(const std::vector<double>& v) {
  for (const double x : v) {
    if (!std::isfinite(x) || std::fabs(x) > 1e6) return false;
  }
  return true;
}

void CheckAdze(const Bytes& file, Tally* tally, const std::string& what) {
  uint8_t* data = nullptr;
  // Exactly as long as the file, so that a read behind its end is seen.
  ASSERT_EQ(posix_memalign(reinterpret_cast<void**>(&data), 64, file.size()), 0);
  std::copy(file.begin(), file.end(), data);
  const Answer reference = RunAt(data, file.size(), "reference");
  const Answer scalar = RunAt(data, file.size(), "scalar");
  const Answer best = RunAt(data, file.size(), nullptr);
  std::free(data);
  // The reference kernels may lack a row or, with other scratch, memory; nothing else that the best level answers may they refuse.
  if (best.status == ADZE_OK && reference.status != ADZE_NOT_IN_CROP && reference.status != ADZE_OUT_OF_MEMORY) {
    ASSERT_EQ(reference.status, ADZE_OK) << what << ": only the reference kernels refuse";
  }
  if (reference.status != ADZE_OK || best.status != ADZE_OK) {
    ++tally->refused;
    return;
  }
  bool comparable = true;
  for (const Answer* a : {&scalar, &best}) {
    if (a->status != ADZE_OK) continue;
    ASSERT_EQ(a->outputs.size(), reference.outputs.size()) << what;
    for (size_t i = 0; i < reference.outputs.size(); ++i) {
      const std::vector<double>& want = reference.outputs[i];
      const std::vector<double>& got = a->outputs[i];
      ASSERT_EQ(got.size(), want.size()) << what;
      if (!Comparable(want)) {
        comparable = false;
        continue;
      }
      double top = 0;
      for (const double x : want) top = std::max(top, std::fabs(x));
      for (size_t k = 0; k < want.size(); ++k) ASSERT_NEAR(got[k], want[k], 1e-3 * std::max(top, 1e-3)) << what << " output " << i;
    }
  }
  ++(comparable ? tally->equal : tally->incomparable);
}

Bytes Convert(const Bytes& foreign, bool onnx) {
  adze::graph::Graph g = onnx ? adze::import::ImportOnnx(foreign.data(), foreign.size(), "mutated")
                              : adze::import::ImportTflite(foreign.data(), foreign.size(), "mutated");
  adze::passes::RunPipeline(&g);
  return adze::format::WriteAdze(g);
}

void Report(const char* kind, const Tally& t) {
  std::printf("%s: %d refused, %d as the reference kernels, %d with values that cannot be compared\n", kind, t.refused, t.equal,
              t.incomparable);
  EXPECT_GT(t.refused, 0);
  EXPECT_GT(t.equal, 0);
}

void MutateForeign(const char* kind, bool onnx) {
  Tally tally;
  const std::vector<std::string> seeds = Seeds(kind);
  for (const std::string& path : seeds) {
    const Bytes seed = ReadFile(path);
    ASSERT_FALSE(seed.empty()) << path;
    std::mt19937 rng(7);
    for (int i = 0; i < kMutations / static_cast<int>(seeds.size()); ++i) {
      const Bytes foreign = Mutate(seed, &rng);
      const std::string what = path + " mutation " + std::to_string(i);
      const TimeLimit limit(what);
      try {
        const Bytes file = Convert(foreign, onnx);
        CheckAdze(file, &tally, what);
      } catch (const adze::graph::ImportError& e) {
        EXPECT_NE(std::string(e.what()), "") << what;
        ++tally.refused;
      } catch (const std::exception& e) {
        ADD_FAILURE() << what << ": not a message for a user: " << e.what();
      }
      if (testing::Test::HasFatalFailure()) return;
    }
  }
  Report(kind, tally);
}

TEST(Mutation, Tflite) { MutateForeign("tflite", false); }
TEST(Mutation, Onnx) { MutateForeign("onnx", true); }

TEST(Mutation, Adze) {
  Tally raw, repaired;
  const std::vector<std::string> seeds = Seeds("adze");
  for (const std::string& path : seeds) {
    const Bytes seed = Convert(ReadFile(path), path.find(".onnx") != std::string::npos);
    std::mt19937 rng(11);
    for (int i = 0; i < 2 * kMutations / static_cast<int>(seeds.size()); ++i) {
      Bytes file = Mutate(seed, &rng);
      const bool repair = i % 2 == 1;
      // Every other file gets a right checksum, so that the verifier behind it is what refuses.
      adze::FileHeader h;
      if (repair && file.size() >= sizeof(h)) {
        std::memcpy(&h, file.data(), sizeof(h));
        if (h.graph_offset <= file.size() && h.graph_bytes <= file.size() - h.graph_offset) {
          h.graph_checksum = adze::Checksum(file.data() + h.graph_offset, h.graph_bytes);
          std::memcpy(file.data(), &h, sizeof(h));
        }
      }
      const std::string what = path + " as .adze, mutation " + std::to_string(i);
      const TimeLimit limit(what);
      CheckAdze(file, repair ? &repaired : &raw, what);
      if (testing::Test::HasFatalFailure()) return;
    }
  }
  Report("adze", raw);
  Report("adze with repaired checksum", repaired);
}

}  // namespace
