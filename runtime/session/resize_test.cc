// SPDX-License-Identifier: Apache-2.0
// The feature "resize": every declared shape runs, others are refused, and a session that could not be resized is as before.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <random>

#include "adze/adze.hpp"
#include "models/testing/tiny_model.h"
#include "runtime/session/session.h"
#include "runtime/testing/tiny_table.h"

namespace adze {
namespace {

using testing::FileBytes;
using testing::ScaleAddModel;

adze_shape ShapeOf(int32_t n) { return {1, {n}}; }

// Counts what is allocated, and refuses from a point on.
struct Meter {
  int live = 0, left = 1000;
  size_t largest = 0;
};
void* Allocate(void* context, size_t bytes, size_t alignment) {
  auto* meter = static_cast<Meter*>(context);
  if (meter->left-- <= 0) return nullptr;
  ++meter->live;
  meter->largest = std::max(meter->largest, bytes);
  return aligned_alloc(alignment, (bytes + alignment - 1) / alignment * alignment);
}
void Release(void* context, void* memory) {
  --static_cast<Meter*>(context)->live;
  free(memory);
}

class ResizeTest : public ::testing::Test {
 protected:
  void SetUp() override { testing::SetTinyTable({Level::kScalar}); }
  void Create(const std::vector<uint8_t>& bytes, Meter* meter = nullptr) {
    file_ = std::make_unique<FileBytes>(bytes);
    adze_options options = Options();
    if (meter != nullptr) options.allocate = Allocate, options.release = Release, options.context = meter;
    ASSERT_EQ(session_.Create(file_->data(), file_->size(), &options, &error_), ADZE_OK) << error_.text();
  }
  // Runs and checks 3 x + (i + 1).
  void ExpectRuns(int n) {
    std::vector<float> x(static_cast<size_t>(n)), y(static_cast<size_t>(n), -1);
    for (int i = 0; i < n; ++i) x[static_cast<size_t>(i)] = static_cast<float>(i * i % 31);
    const adze_buffer in = BufferOf(x.data(), x.size()), out = BufferOf(y.data(), y.size());
    ASSERT_EQ(session_.Run(&in, 1, &out, 1, &error_), ADZE_OK) << error_.text();
    for (int i = 0; i < n; ++i) EXPECT_EQ(y[static_cast<size_t>(i)], 3.0f * static_cast<float>(i * i % 31) + static_cast<float>(i + 1));
  }
  adze_status ResizeTo(int32_t n) {
    const adze_shape shape = ShapeOf(n);
    return session_.Resize(&shape, 1, &error_);
  }

  std::unique_ptr<FileBytes> file_;
  Session session_;
  ErrorText error_;
};

TEST_F(ResizeTest, EveryShapeRunsInAnyOrder) {
  Meter meter;
  Create(testing::WriteShapes({ScaleAddModel(5), ScaleAddModel(101), ScaleAddModel(16), ScaleAddModel(0)}), &meter);
  const int created = meter.live;
  ExpectRuns(5);
  for (const int n : {101, 16, 5, 0, 16, 101, 101, 5}) {
    ASSERT_EQ(ResizeTo(n), ADZE_OK) << error_.text();
    adze_tensor_info info;
    ASSERT_EQ(adze_output_info(session_.get(), 0, &info), ADZE_OK);
    EXPECT_EQ(info.dims[0], n);
    ExpectRuns(n);
    EXPECT_EQ(meter.live, created + 1);  // the block
  }
  session_.Destroy();
  EXPECT_EQ(meter.live, 0);
}

TEST_F(ResizeTest, OneGraphHasItsOneShape) {
  Create(WriteFile(ScaleAddModel(5)));
  EXPECT_EQ(ResizeTo(5), ADZE_OK);
  ExpectRuns(5);
  EXPECT_EQ(ResizeTo(6), ADZE_INVALID_ARGUMENT);
  EXPECT_NE(std::string(error_.text()).find("input 0 'x'"), std::string::npos) << error_.text();
  ExpectRuns(5);
}

TEST_F(ResizeTest, OtherShapesAreRefusedAndChangeNothing) {
  Create(testing::WriteShapes({ScaleAddModel(5), ScaleAddModel(9)}));
  ASSERT_EQ(ResizeTo(9), ADZE_OK);
  EXPECT_EQ(ResizeTo(7), ADZE_INVALID_ARGUMENT);
  const adze_shape square = {2, {3, 3}}, two[] = {ShapeOf(5), ShapeOf(5)};
  EXPECT_EQ(session_.Resize(&square, 1, &error_), ADZE_INVALID_ARGUMENT);
  EXPECT_EQ(session_.Resize(two, 2, &error_), ADZE_INVALID_ARGUMENT);
  EXPECT_EQ(session_.Resize(nullptr, 1, &error_), ADZE_INVALID_ARGUMENT);
  EXPECT_EQ(session_.Resize(nullptr, 0, &error_), ADZE_INVALID_ARGUMENT);
  EXPECT_EQ(adze_resize(nullptr, two, 1, nullptr), ADZE_INVALID_ARGUMENT);
  ExpectRuns(9);
}

TEST_F(ResizeTest, EveryAllocationMayFail) {
  const std::vector<uint8_t> bytes = testing::WriteShapes({ScaleAddModel(5), ScaleAddModel(1001)});
  bool done = false;
  int failures = 0;
  for (int allowed = 0; !done; ++allowed) {
    Meter meter;
    Create(bytes, &meter);
    meter.left = allowed;
    done = ResizeTo(1001) == ADZE_OK;
    if (!done) ++failures;
    ExpectRuns(done ? 1001 : 5);
    session_.Destroy();
    EXPECT_EQ(meter.live, 0);
  }
  EXPECT_EQ(failures, 4);  // two workspaces, block, arena
}

TEST_F(ResizeTest, DamageOfALaterGraphIsFoundWhenItIsAskedFor) {
  std::vector<uint8_t> bytes = testing::WriteShapes({ScaleAddModel(5), ScaleAddModel(9)});
  FileHeader second;
  std::memcpy(&second, bytes.data() + sizeof(FileHeader), sizeof(second));
  bytes[sizeof(FileHeader) + second.graph_offset + 40] ^= 1;
  Create(bytes);
  EXPECT_EQ(ResizeTo(9), ADZE_DAMAGED_FILE);
  ExpectRuns(5);
  EXPECT_EQ(ResizeTo(5), ADZE_OK);
  ExpectRuns(5);
}

TEST_F(ResizeTest, AHeaderThatPromisesMoreGraphsThanThereAre) {
  std::vector<uint8_t> bytes = WriteFile(ScaleAddModel(5));
  const uint32_t many = UINT32_MAX;
  std::memcpy(bytes.data() + offsetof(FileHeader, more_graphs), &many, sizeof(many));
  Create(bytes);
  EXPECT_EQ(ResizeTo(6), ADZE_DAMAGED_FILE);
  ExpectRuns(5);
}

TEST_F(ResizeTest, MutatedHeadersNeverCrash) {
  const std::vector<uint8_t> sound = testing::WriteShapes({ScaleAddModel(5), ScaleAddModel(9), ScaleAddModel(17)});
  std::minstd_rand random(1);
  int resized = 0;
  for (int i = 0; i < 3000; ++i) {
    std::vector<uint8_t> bytes = sound;
    for (unsigned k = 0; k <= random() % 3; ++k) bytes[random() % (3 * sizeof(FileHeader))] = static_cast<uint8_t>(random());
    file_ = std::make_unique<FileBytes>(bytes);
    if (session_.Create(file_->data(), file_->size(), nullptr, &error_) != ADZE_OK) continue;
    resized += ResizeTo(17) == ADZE_OK ? 1 : 0;
  }
  EXPECT_GT(resized, 100);
  EXPECT_LT(resized, 2000);
}

}  // namespace
}  // namespace adze
