// SPDX-License-Identifier: Apache-2.0
// Hostile files: thousands of seeded mutations of sound ones, with and without the checksum set right again. Each is refused or runs; a
// sanitizer build sees every wrong access.
#include <gtest/gtest.h>

#include <chrono>
#include <cstring>
#include <random>

#include "adze/adze.hpp"
#include "models/testing/tiny_model.h"
#include "runtime/testing/tiny_table.h"

namespace adze {
namespace {

using testing::FileModel;

// A chain with in-place nodes, views that are read and returned, and a broadcast constant.
FileModel BiggerModel() {
  FileModel m;
  m.name = "bigger";
  m.tensors = {{"x", DType::kF32, {3, 8}, 0, format::Storage_Arena, {}, -1},
               {"left", DType::kF32, {3, 4}, 0, format::Storage_View, {32, 4}, 0},
               {"right", DType::kF32, {3, 4}, 16, format::Storage_View, {32, 4}, 0},
               {"l", DType::kF32, {3, 4}, 128, format::Storage_Arena, {}, -1},
               {"r", DType::kF32, {3, 4}, 128, format::Storage_Arena, {}, -1},
               {"w", DType::kF32, {3, 4}, 0, format::Storage_Constant, {}, -1},
               {"b", DType::kF32, {3, 4}, 64, format::Storage_Constant, {0, 4}, -1},
               {"p", DType::kF32, {3, 4}, 192, format::Storage_Arena, {}, -1},
               {"q", DType::kF32, {3, 4}, 192, format::Storage_Arena, {}, -1},
               {"flat", DType::kF32, {12}, 0, format::Storage_View, {}, 8}};
  const auto three = testing::BytesOf(testing::ScaleParams{3});
  m.nodes = {{"scale", "l", {1}, {3}, three, 320, 64},
             {"sum2", "r", {3, 2}, {4}, {}, 0, 0},
             {"sum2", "w", {4, 5}, {7}, {}, 0, 0},
             {"sum2", "b", {7, 6}, {8}, {}, 0, 0}};
  m.inputs = {0};
  m.outputs = {9, 4};
  m.arena_bytes = 384;
  m.blob.assign(96, 0x3f);
  return m;
}

// At most 64 MiB: a mutated size must not make the test slow.
void* AllocateBounded(void*, size_t bytes, size_t alignment) {
  if (bytes > (size_t{64} << 20)) return nullptr;
  return aligned_alloc(alignment, (bytes + alignment - 1) / alignment * alignment);
}

// Returns true if the file was accepted; then it has been run.
bool CreateAndRun(const std::vector<uint8_t>& bytes) {
  const testing::FileBytes file(bytes);
  adze_options options = Options();
  options.allocate = AllocateBounded;
  options.release = [](void*, void* memory) { free(memory); };
  Session session;
  ErrorText error;
  const adze_status status = session.Create(file.data(), file.size(), &options, &error);
  EXPECT_NE(status, ADZE_INTERNAL);
  EXPECT_EQ(status == ADZE_OK, session.get() != nullptr);
  if (status != ADZE_OK) return false;
  std::vector<std::vector<uint8_t>> memory;
  const auto buffer = [&](adze_status (*info_of)(const adze_session*, int32_t, adze_tensor_info*), int32_t i) {
    adze_tensor_info info;
    EXPECT_EQ(info_of(session.get(), i, &info), ADZE_OK);
    memory.emplace_back(info.bytes, uint8_t{1});
    return adze_buffer{memory.back().data(), info.bytes, info.dtype};
  };
  std::vector<adze_buffer> in, out;
  for (int32_t i = 0; i < adze_input_count(session.get()); ++i) in.push_back(buffer(adze_input_info, i));
  for (int32_t i = 0; i < adze_output_count(session.get()); ++i) out.push_back(buffer(adze_output_info, i));
  EXPECT_EQ(session.Run(in.data(), static_cast<int32_t>(in.size()), out.data(), static_cast<int32_t>(out.size()), &error), ADZE_OK);
  return true;
}

std::vector<uint8_t> Mutate(std::vector<uint8_t> file, std::mt19937* random, size_t from) {
  const auto below = [&](size_t n) { return (*random)() % n; };
  const size_t changes = 1 + below(4);
  for (size_t k = 0; k < changes; ++k) {
    const size_t at = from + below(file.size() - from);
    switch (below(5)) {
      case 0: file[at] ^= static_cast<uint8_t>(1u << below(8)); break;
      case 1: file[at] = static_cast<uint8_t>((*random)()); break;
      case 2: file[at] = static_cast<uint8_t>(file[at] + (below(2) == 0 ? 1 : 255)); break;
      case 3: {
        const uint32_t interesting[] = {0, 1, 64, 0x7fffffff, 0x80000000, 0xffffffff, 0x40000000, 128};
        const size_t aligned = at / 4 * 4;
        if (aligned + 4 <= file.size()) std::memcpy(file.data() + aligned, &interesting[below(8)], 4);
        break;
      }
      default: {
        const size_t source = from + below(file.size() - from);
        const size_t n = std::min({size_t{8}, file.size() - at, file.size() - source});
        std::memmove(file.data() + at, file.data() + source, n);
      }
    }
  }
  return file;
}

void RunMutations(const FileModel& model, bool fix_checksum, uint32_t seed, int count, int* accepted) {
  const std::vector<uint8_t> sound = WriteFile(model);
  ASSERT_TRUE(CreateAndRun(sound));
  std::mt19937 random(seed);
  for (int i = 0; i < count; ++i) {
    std::vector<uint8_t> file = Mutate(sound, &random, fix_checksum ? sizeof(FileHeader) : 0);
    if (fix_checksum) testing::FixChecksum(&file);
    const auto start = std::chrono::steady_clock::now();
    *accepted += CreateAndRun(file);
    ASSERT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(10)) << "mutation " << i;
  }
}

TEST(Mutation, WithoutChecksum) {
  testing::SetTinyTable({Level::kScalar});
  int accepted = 0;
  RunMutations(BiggerModel(), false, 1, 2000, &accepted);
  std::printf("accepted %d of 2000\n", accepted);
}

TEST(Mutation, WithChecksum) {
  testing::SetTinyTable({Level::kScalar});
  int accepted = 0;
  RunMutations(BiggerModel(), true, 2, 6000, &accepted);
  RunMutations(testing::ScaleAddModel(17), true, 3, 2000, &accepted);
  std::printf("accepted %d of 8000\n", accepted);
  EXPECT_GT(accepted, 100);  // else the test tests nothing
}

}  // namespace
}  // namespace adze
