// SPDX-License-Identifier: Apache-2.0
// The C API on toy ops: making, describing, running and refusing; memory; levels.
#include "runtime/session/session.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>

#include "adze/adze.hpp"
#include "models/testing/tiny_model.h"
#include "runtime/platform/cpu.h"
#include "runtime/session/manifest.h"
#include "runtime/testing/tiny_table.h"

namespace adze {
namespace {

using testing::FileBytes;
using testing::FileModel;

class SessionTest : public ::testing::Test {
 protected:
  void SetUp() override { testing::SetTinyTable({Level::kScalar}); }

  adze_status Create(const FileModel& model, const adze_options* options = nullptr) {
    file_ = std::make_unique<FileBytes>(WriteFile(model));
    return session_.Create(file_->data(), file_->size(), options, &error_);
  }

  std::unique_ptr<FileBytes> file_;
  Session session_;
  ErrorText error_;
};

std::vector<float> RunScaleAdd(const Session& session, int n) {
  std::vector<float> x(static_cast<size_t>(n)), y(static_cast<size_t>(n), -1);
  for (int i = 0; i < n; ++i) x[static_cast<size_t>(i)] = static_cast<float>(i * i % 31);
  const adze_buffer in = BufferOf(x.data(), x.size()), out = BufferOf(y.data(), y.size());
  EXPECT_EQ(session.Run(&in, 1, &out, 1, nullptr), ADZE_OK);
  return y;
}

TEST_F(SessionTest, Runs) {
  for (int n : {0, 1, 5, 16, 17, 101}) {
    ASSERT_EQ(Create(testing::ScaleAddModel(n)), ADZE_OK) << error_.text();
    const std::vector<float> y = RunScaleAdd(session_, n);
    for (int i = 0; i < n; ++i) EXPECT_EQ(y[static_cast<size_t>(i)], 3.0f * static_cast<float>(i * i % 31) + static_cast<float>(i + 1));
  }
}

TEST_F(SessionTest, DescribesItself) {
  ASSERT_EQ(Create(testing::ScaleAddModel(5)), ADZE_OK);
  const adze_session* s = session_.get();
  EXPECT_EQ(adze_input_count(s), 1);
  EXPECT_EQ(adze_output_count(s), 1);
  adze_tensor_info info;
  ASSERT_EQ(adze_output_info(s, 0, &info), ADZE_OK);
  EXPECT_STREQ(info.name, "y");
  EXPECT_EQ(info.dtype, ADZE_FLOAT32);
  EXPECT_EQ(info.rank, 1);
  EXPECT_EQ(info.dims[0], 5);
  EXPECT_EQ(info.bytes, 20u);
  EXPECT_EQ(adze_input_info(s, 1, &info), ADZE_INVALID_ARGUMENT);
  EXPECT_EQ(adze_input_info(s, -1, &info), ADZE_INVALID_ARGUMENT);
  EXPECT_EQ(adze_input_info(s, 0, nullptr), ADZE_INVALID_ARGUMENT);
  EXPECT_STREQ(adze_session_level(s), "scalar");
  EXPECT_EQ(adze_arena_bytes(s), 192u);
  EXPECT_GT(adze_bookkeeping_bytes(s), sizeof(adze_session));
  EXPECT_STREQ(adze_version(), "0.1.0");
}

TEST_F(SessionTest, WeightsAreUsedInPlace) {
  ASSERT_EQ(Create(testing::ScaleAddModel(5)), ADZE_OK);
  EXPECT_EQ(session_.get()->tensors[2].data, session_.get()->model.blob);
}

TEST_F(SessionTest, TheTraceNamesRows) {
  ASSERT_EQ(Create(testing::ScaleAddModel(5)), ADZE_OK);
  const BoundNode& node = session_.get()->nodes[1];
  const Text kernel = RowName(ManifestTable(), node.kernel_row), ukernel = RowName(ManifestTable(), node.ukernel_rows[0]);
  EXPECT_EQ(std::string(kernel.data, kernel.size), "sum2_f32__any");
  EXPECT_EQ(std::string(ukernel.data, ukernel.size), "toyadd_f32__scalar");
  EXPECT_EQ(node.ukernel_rows[1], -1);
}

// The node reads the right half of a wider input; an output is a reshaped view.
TEST_F(SessionTest, Views) {
  FileModel m;
  m.tensors = {{"wide", DType::kF32, {3, 8}, 0, format::Storage_Arena, {}, -1},
               {"right", DType::kF32, {3, 4}, 16, format::Storage_View, {32, 4}, 0},
               {"doubled", DType::kF32, {3, 4}, 128, format::Storage_Arena, {}, -1},
               {"flat", DType::kF32, {12}, 0, format::Storage_View, {}, 2}};
  m.nodes = {{"scale", "n", {1}, {2}, testing::BytesOf(testing::ScaleParams{2}), 192, 64}};
  m.inputs = {0};
  m.outputs = {3, 0};
  m.arena_bytes = 256;
  ASSERT_EQ(Create(m), ADZE_OK) << error_.text();
  float x[24], flat[12], wide[24];
  for (int i = 0; i < 24; ++i) x[i] = static_cast<float>(i);
  const adze_buffer in = BufferOf(x, 24), out[] = {BufferOf(flat, 12), BufferOf(wide, 24)};
  ASSERT_EQ(session_.Run(&in, 1, out, 2, &error_), ADZE_OK) << error_.text();
  for (int i = 0; i < 12; ++i) EXPECT_EQ(flat[i], 2 * x[i / 4 * 8 + 4 + i % 4]);
  for (int i = 0; i < 24; ++i) EXPECT_EQ(wide[i], x[i]);
  m.outputs = {1};  // with gaps
  EXPECT_EQ(Create(m), ADZE_DAMAGED_FILE);
}

TEST_F(SessionTest, ThreadsGiveTheSameBits) {
  ASSERT_EQ(Create(testing::ScaleAddModel(1009)), ADZE_OK);
  const std::vector<float> want = RunScaleAdd(session_, 1009);
  for (int threads : {1, 2, 3, 7}) {
    adze_options options = Options();
    options.threads = threads;
    options.exact_threads = 1;
    ASSERT_EQ(Create(testing::ScaleAddModel(1009), &options), ADZE_OK);
    for (int k = 0; k < 20; ++k) EXPECT_EQ(RunScaleAdd(session_, 1009), want);
  }
}

// One item a call, from the last to the first.
TEST_F(SessionTest, TheAppsLoopGivesTheSameBits) {
  ASSERT_EQ(Create(testing::ScaleAddModel(1009)), ADZE_OK);
  const std::vector<float> want = RunScaleAdd(session_, 1009);
  size_t calls = 0;
  auto loop = [&](size_t n, size_t grain, auto run) {
    EXPECT_GT(n, grain);
    calls += n;
    for (size_t i = n; i > 0; --i) run(i - 1, i);
  };
  adze_options options = Options();
  UseParallelFor(&options, &loop);
  ASSERT_EQ(Create(testing::ScaleAddModel(1009), &options), ADZE_OK);
  EXPECT_EQ(RunScaleAdd(session_, 1009), want);
  EXPECT_EQ(calls, 2 * 1009u);  // two nodes
  options.threads = 1;
  EXPECT_EQ(Create(testing::ScaleAddModel(5), &options), ADZE_OK);
  options.threads = 2;
  EXPECT_EQ(Create(testing::ScaleAddModel(5), &options), ADZE_INVALID_ARGUMENT);
}

// An app built with the first header passes a struct that ends before parallel_for; what lies behind it is not the library's.
TEST_F(SessionTest, OlderOptionsAreAccepted) {
  adze_options options;
  std::memset(&options, 0xff, sizeof(options));
  options.struct_size = offsetof(adze_options, parallel_for);
  options.threads = 1;
  options.level = nullptr;
  options.allocate = nullptr;
  options.release = nullptr;
  ASSERT_EQ(Create(testing::ScaleAddModel(5), &options), ADZE_OK) << error_.text();
  RunScaleAdd(session_, 5);
  options.struct_size -= 1;
  EXPECT_EQ(Create(testing::ScaleAddModel(5), &options), ADZE_INVALID_ARGUMENT);
}

TEST_F(SessionTest, LevelsInTheProfilesOrder) {
  const Level native = CpuOffers(Level::kNeon) ? Level::kNeon : Level::kAvx2;
  const Level foreign = CpuOffers(Level::kNeon) ? Level::kAvx2 : Level::kNeon;
  if (!CpuOffers(native)) GTEST_SKIP() << "1 skipped: this CPU offers neither avx2 nor neon";
  testing::SetTinyTable({foreign, native, Level::kScalar});
  ASSERT_EQ(Create(testing::ScaleAddModel(5)), ADZE_OK);
  EXPECT_STREQ(adze_session_level(session_.get()), LevelName(native));
  const int native_row = native == Level::kNeon ? 4 : 6;
  EXPECT_EQ(session_.get()->nodes[1].ukernel_rows[0], native_row);
  adze_options options = Options();
  options.level = "scalar";
  ASSERT_EQ(Create(testing::ScaleAddModel(5), &options), ADZE_OK);
  EXPECT_STREQ(adze_session_level(session_.get()), "scalar");
  EXPECT_EQ(session_.get()->nodes[1].ukernel_rows[0], 5);
  options.level = LevelName(foreign);
  EXPECT_EQ(Create(testing::ScaleAddModel(5), &options), ADZE_UNSUPPORTED_CPU);
  options.level = "sse9";
  EXPECT_EQ(Create(testing::ScaleAddModel(5), &options), ADZE_INVALID_ARGUMENT);
}

TEST_F(SessionTest, RefusedFilesLeaveNoSession) {
  FileModel m = testing::ScaleAddModel(5);
  m.nodes[0].params = testing::BytesOf(testing::ScaleParams{NAN});
  EXPECT_EQ(Create(m), ADZE_DAMAGED_FILE);
  EXPECT_EQ(session_.get(), nullptr);
  m = testing::ScaleAddModel(5);
  m.nodes[0].scratch_bytes = 63;  // the kernel wants 64
  EXPECT_EQ(Create(m), ADZE_DAMAGED_FILE);
  m = testing::ScaleAddModel(5);
  m.tensors[1].dims = {4};
  EXPECT_EQ(Create(m), ADZE_DAMAGED_FILE);
}

TEST_F(SessionTest, OptionsAreChecked) {
  adze_options options = Options();
  options.threads = -1;
  EXPECT_EQ(Create(testing::ScaleAddModel(5), &options), ADZE_INVALID_ARGUMENT);
  options = Options();
  options.threads = 100000;
  EXPECT_EQ(Create(testing::ScaleAddModel(5), &options), ADZE_INVALID_ARGUMENT);
  options = Options();
  options.struct_size = 4;
  EXPECT_EQ(Create(testing::ScaleAddModel(5), &options), ADZE_INVALID_ARGUMENT);
  options = Options();
  options.allocate = [](void*, size_t, size_t) -> void* { return nullptr; };
  EXPECT_EQ(Create(testing::ScaleAddModel(5), &options), ADZE_INVALID_ARGUMENT);
  EXPECT_EQ(adze_session_create(nullptr, 0, nullptr, nullptr, nullptr), ADZE_INVALID_ARGUMENT);
}

// Memory with a count of live blocks that fails at the n-th request.
struct FaultyMemory {
  int fail_at = -1;
  int requests = 0;
  int live = 0;

  adze_options MakeOptions(int threads) {
    adze_options options = Options();
    options.threads = threads;
    options.exact_threads = 1;
    options.context = this;
    options.allocate = [](void* context, size_t bytes, size_t alignment) -> void* {
      auto* self = static_cast<FaultyMemory*>(context);
      if (self->requests++ == self->fail_at) return nullptr;
      ++self->live;
      return aligned_alloc(alignment, (bytes + alignment - 1) / alignment * alignment);
    };
    options.release = [](void* context, void* memory) {
      --static_cast<FaultyMemory*>(context)->live;
      free(memory);
    };
    return options;
  }
};

TEST_F(SessionTest, EveryAllocationMayFail) {
  for (int threads : {1, 3}) {
    int failures = 0;
    for (int fail_at = 0;; ++fail_at) {
      FaultyMemory memory;
      memory.fail_at = fail_at;
      const adze_options options = memory.MakeOptions(threads);
      const adze_status status = Create(testing::ScaleAddModel(5), &options);
      if (status == ADZE_OK) {
        // Session and arena, and the pool's own.
        EXPECT_EQ(memory.live, 3);
        session_.Destroy();
        EXPECT_EQ(memory.live, 0);
        break;
      }
      ++failures;
      EXPECT_EQ(status, ADZE_OUT_OF_MEMORY);
      EXPECT_EQ(std::string(error_.text()).substr(0, 15), "out of memory: ");
      EXPECT_EQ(memory.live, 0) << fail_at;
    }
    EXPECT_EQ(failures, 4);  // the verifier's workspace is the fourth
  }
}

TEST_F(SessionTest, RunningAllocatesNothing) {
  FaultyMemory memory;
  const adze_options options = memory.MakeOptions(2);
  ASSERT_EQ(Create(testing::ScaleAddModel(5), &options), ADZE_OK);
  const int before = memory.requests;
  RunScaleAdd(session_, 5);
  EXPECT_EQ(memory.requests, before);
  session_.Destroy();
}

TEST_F(SessionTest, ARefusedModelTakesNoArena) {
  testing::SetTinyTable({Level::kScalar}, {"op_sum2"});
  FaultyMemory memory;
  const adze_options options = memory.MakeOptions(1);
  EXPECT_EQ(Create(testing::ScaleAddModel(5), &options), ADZE_NOT_IN_CROP);
  EXPECT_EQ(memory.requests, 2);  // workspace and bookkeeping
  EXPECT_EQ(memory.live, 0);
}

TEST_F(SessionTest, MovesAndIsMovedFrom) {
  ASSERT_EQ(Create(testing::ScaleAddModel(5)), ADZE_OK);
  Session other(std::move(session_));
  EXPECT_EQ(session_.get(), nullptr);
  session_ = std::move(other);
  EXPECT_NE(session_.get(), nullptr);
  RunScaleAdd(session_, 5);
}

}  // namespace
}  // namespace adze
