// SPDX-License-Identifier: Apache-2.0
// Golden texts: a refusal says what, where, why and what to do.
#include <gtest/gtest.h>

#include <cstring>

#include "adze/adze.hpp"
#include "models/testing/tiny_model.h"
#include "runtime/platform/cpu.h"
#include "runtime/testing/tiny_table.h"

namespace adze {
namespace {

using testing::FileModel;

std::string TextOfCreate(const std::vector<uint8_t>& bytes, adze_status want, const char* level = nullptr) {
  const testing::FileBytes file(bytes);
  adze_options options = Options();
  options.level = level;
  Session session;
  ErrorText error;
  EXPECT_EQ(session.Create(file.data(), file.size(), &options, &error), want) << error.text();
  EXPECT_EQ(error.needed(), std::string(error.text()).size() + 1);
  return error.text();
}

class ErrorTextTest : public ::testing::Test {
 protected:
  void SetUp() override { testing::SetTinyTable({Level::kScalar}); }
};

TEST_F(ErrorTextTest, NotInThisCropListsAllMissingRows) {
  testing::SetTinyTable({Level::kScalar}, {"toyadd_f32__scalar"});
  FileModel m = testing::ScaleAddModel(4);
  m.tensors.push_back({"i", DType::kI32, {4}, 192, format::Storage_Arena, {}, -1});
  m.tensors.push_back({"j", DType::kI32, {4}, 256, format::Storage_Arena, {}, -1});
  m.tensors.push_back({"k", DType::kI32, {4}, 320, format::Storage_Arena, {}, -1});
  m.nodes.push_back({"scale", "int\n", {4}, {5}, testing::BytesOf(testing::ScaleParams{1}), 0, 0});
  m.nodes.push_back({"fold", "", {5}, {6}, {}, 0, 0});
  m.inputs = {0, 4};
  m.outputs = {3, 6};
  m.arena_bytes = 384;
  EXPECT_EQ(TextOfCreate(WriteFile(m), ADZE_NOT_IN_CROP),
            "not in this crop: 3 nodes of model 'tiny' lack, at level scalar\n"
            "  node 1 'second' (sum2): a micro-kernel toyadd_f32 for kernel sum2_f32__any\n"
            "  node 2 'int?' (scale): a kernel for int32\n"
            "  node 3 '' (fold): the op for int32\n"
            "this library is crop 00112233445566778899aabbccddeeff; add this line, the model's path, to its model list and crop again:\n"
            "  tiny.adze\n");
}

TEST_F(ErrorTextTest, DamagedFile) {
  std::vector<uint8_t> file = WriteFile(testing::ScaleAddModel(4));
  std::vector<uint8_t> cut(file.begin(), file.begin() + 20);
  EXPECT_EQ(TextOfCreate(cut, ADZE_DAMAGED_FILE), "damaged file: it has 20 bytes and needs 64; copy or convert the file again");
  file[100] ^= 1;
  EXPECT_EQ(TextOfCreate(file, ADZE_DAMAGED_FILE),
            "damaged file: the graph has another checksum than the header says; copy or convert the file again");
  FileModel m = testing::ScaleAddModel(4);
  m.outputs = {3, 0};
  EXPECT_EQ(TextOfCreate(WriteFile(m), ADZE_DAMAGED_FILE),
            "damaged file: node 1 'second' (sum2): tensors 3 'y' and 0 'x' lie in the same memory at the same time; copy or convert the "
            "file again");
  m = testing::ScaleAddModel(4);
  m.nodes[0].params.pop_back();
  EXPECT_EQ(TextOfCreate(WriteFile(m), ADZE_DAMAGED_FILE),
            "damaged file: node 0 'first' (scale): 3 bytes of parameters, want 4; copy or convert the file again");
  m = testing::ScaleAddModel(4);
  m.tensors[1].dtype = DType::kI32;
  EXPECT_EQ(TextOfCreate(WriteFile(m), ADZE_DAMAGED_FILE),
            "damaged file: node 0 'first' (scale): element type int32, want float32; copy or convert the file again");
}

TEST_F(ErrorTextTest, NewerFormat) {
  std::vector<uint8_t> file = WriteFile(testing::ScaleAddModel(4));
  file[8] = 9;
  EXPECT_EQ(TextOfCreate(file, ADZE_NEWER_FORMAT),
            "newer format: it has version 9, this Adze reads up to 1; use a newer Adze, or convert the model with the cropper of this one");
}

TEST_F(ErrorTextTest, Levels) {
  const Level foreign = CpuOffers(Level::kNeon) ? Level::kAvx2 : Level::kNeon;
  const std::string name = LevelName(foreign);
  testing::SetTinyTable({foreign});
  const std::vector<uint8_t> file = WriteFile(testing::ScaleAddModel(4));
  EXPECT_EQ(TextOfCreate(file, ADZE_UNSUPPORTED_CPU), "unsupported CPU: it offers no level of this library's: " + name);
  testing::SetTinyTable({foreign, Level::kScalar});
  EXPECT_EQ(TextOfCreate(file, ADZE_UNSUPPORTED_CPU, name.c_str()),
            "unsupported CPU: it does not offer level '" + name + "'; this library's levels: " + name + ", scalar");
  EXPECT_EQ(TextOfCreate(file, ADZE_INVALID_ARGUMENT, "mmx"), "invalid argument: no level 'mmx' of this library's: " + name + ", scalar");
}

TEST_F(ErrorTextTest, Run) {
  const testing::FileBytes file(WriteFile(testing::ScaleAddModel(4)));
  Session session;
  ErrorText error;
  ASSERT_EQ(session.Create(file.data(), file.size(), nullptr, &error), ADZE_OK);
  float x[5] = {}, y[5] = {};
  adze_buffer in = BufferOf(x, 4), out = BufferOf(y, 4);
  const auto run = [&](int n_in, int n_out) {
    EXPECT_EQ(session.Run(&in, n_in, &out, n_out, &error), ADZE_INVALID_ARGUMENT);
    return std::string(error.text());
  };
  EXPECT_EQ(run(2, 1), "invalid argument: 2 inputs, want 1");
  EXPECT_EQ(run(1, -1), "invalid argument: -1 outputs, want 1");
  in.bytes = 20;
  EXPECT_EQ(run(1, 1), "invalid argument: input 0 'x': 20 bytes, want 16");
  in.bytes = 16;
  in.dtype = ADZE_FLOAT16;
  EXPECT_EQ(run(1, 1), "invalid argument: input 0 'x': element type float16, want float32");
  const int strange = 99;
  std::memcpy(&in.dtype, &strange, sizeof(in.dtype));
  EXPECT_EQ(run(1, 1), "invalid argument: input 0 'x': element type ?, want float32");
  in.dtype = ADZE_FLOAT32;
  out.data = nullptr;
  EXPECT_EQ(run(1, 1), "invalid argument: output 0 'y': a null pointer");
  EXPECT_EQ(session.Run(nullptr, 1, &out, 1, nullptr), ADZE_INVALID_ARGUMENT);
  EXPECT_EQ(adze_run(nullptr, nullptr, 0, nullptr, 0, error.get()), ADZE_INVALID_ARGUMENT);
}

TEST_F(ErrorTextTest, CutsToTheBuffer) {
  char text[8];
  adze_error error = {sizeof(adze_error), text, sizeof(text), 0};
  adze_session* session = nullptr;
  alignas(64) const char junk[4] = {};
  EXPECT_EQ(adze_session_create(junk, 4, nullptr, &session, &error), ADZE_DAMAGED_FILE);
  EXPECT_STREQ(text, "damaged");
  EXPECT_EQ(error.needed, sizeof("damaged file: it has 4 bytes and needs 64; copy or convert the file again"));
  error = {sizeof(adze_error), nullptr, 0, 0};
  EXPECT_EQ(adze_session_create(junk, 4, nullptr, &session, &error), ADZE_DAMAGED_FILE);
  EXPECT_GT(error.needed, 8u);
}

}  // namespace
}  // namespace adze
