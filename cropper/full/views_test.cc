// SPDX-License-Identifier: Apache-2.0
// Random networks of joins, slices and layers through the whole pipeline: the file passes the verifier, and a session gives at every level
// what the reference kernels give for the network as it was built.
#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>

#include "adze/adze.hpp"
#include "models/format/writer.h"
#include "models/passes/pipeline.h"
#include "models/passes/testing/graph_builder.h"
#include "models/passes/testing/run_graph.h"
#include "runtime/platform/cpu.h"
#include "runtime/session/manifest.h"

namespace adze::passes {
namespace {

class Random {
 public:
  explicit Random(uint32_t seed) : state_(seed * 2654435761u + 1) {}
  int Below(int n) {
    state_ = state_ * 1664525u + 1013904223u;
    return static_cast<int>((state_ >> 8) % static_cast<uint32_t>(n));
  }

 private:
  uint32_t state_;
};

int Flat(GraphBuilder* b, int x) { return b->Reshape(x, {1, b->g.values[x].Elements() / 2, 2}); }

// Values are [1, 4, 4, c]; heads are flattened and joined along rows.
graph::Graph RandomNetwork(uint32_t seed) {
  Random random(seed);
  GraphBuilder b;
  std::vector<int> values = {b.Input({1, 4, 4, 16}), b.Input({1, 4, 4, 20})};
  std::vector<int> heads;
  for (int i = 0; i < 20; ++i) {
    const int x = values[random.Below(static_cast<int>(values.size()))];
    const int y = values[random.Below(static_cast<int>(values.size()))];
    const int channels = static_cast<int>(b.g.values[x].dims[3]);
    switch (random.Below(9)) {
      case 0: values.push_back(b.Conv(x, 16 + random.Below(9), 3)); break;
      case 1: {
        const int wide = random.Below(3) == 0 ? b.Conv(x, 256, 1) : x;
        const int n = static_cast<int>(b.g.values[wide].dims[3]);
        values.push_back(b.Conv(b.Conv(wide, n, 3, n), 16, 1));
        break;
      }
      case 2: values.push_back(b.g.values[x].dims == b.g.values[y].dims ? b.Add(x, y) : b.Sigmoid(x)); break;
      case 3: values.push_back(b.Pool(x, PoolKind::kMax, 3, 1, 1)); break;
      case 4:
      case 5:
      case 6: values.push_back(channels < 100 ? b.Concat({x, y}, 3) : b.Conv(x, 16, 1)); break;
      case 7:
        values.push_back(channels >= 32 ? b.Slice(x, {0, 0, 0, channels - 16 - random.Below(9)}, {1, 4, 4, 16}) : b.Conv(x, 32, 1));
        break;
      default: heads.push_back(Flat(&b, b.Conv(x, 2 * (1 + random.Below(4)), 1))); break;
    }
  }
  if (heads.size() > 1) b.Output(b.Concat(heads, 1));
  for (int i = 0; i < 3; ++i) b.Output(values[values.size() - 1 - static_cast<size_t>(random.Below(8))]);
  return b.g;
}

Buffers RunFile(const std::vector<uint8_t>& file, const Buffers& inputs, const char* level) {
  std::unique_ptr<void, void (*)(void*)> data(std::aligned_alloc(64, (file.size() + 63) / 64 * 64), std::free);
  std::memcpy(data.get(), file.data(), file.size());
  Session session;
  ErrorText error;
  adze_options options = Options();
  options.level = level;
  EXPECT_EQ(session.Create(data.get(), file.size(), &options, &error), ADZE_OK) << error.text();
  if (!session) return {};
  std::vector<adze_buffer> in, out;
  for (const auto& input : inputs) in.push_back({const_cast<uint8_t*>(input.data()), input.size(), ADZE_FLOAT32});
  Buffers outputs;
  for (int32_t i = 0; i < adze_output_count(session.get()); ++i) {
    adze_tensor_info info;
    EXPECT_EQ(adze_output_info(session.get(), i, &info), ADZE_OK);
    outputs.emplace_back(info.bytes);
  }
  for (auto& output : outputs) out.push_back({output.data(), output.size(), ADZE_FLOAT32});
  EXPECT_EQ(session.Run(in.data(), static_cast<int32_t>(in.size()), out.data(), static_cast<int32_t>(out.size()), &error), ADZE_OK)
      << error.text();
  return outputs;
}

TEST(Views, RandomNetworksGiveTheSameResultsInSessions) {
  int64_t copied_before = 0, copied_after = 0;
  for (uint32_t seed = 0; seed < 150; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    graph::Graph g = RandomNetwork(seed);
    const Buffers inputs = SomeInputs(g);
    const Buffers want = RunGraph(g, inputs);
    float largest = 1;  // values grow from layer to layer, and rounding with them
    for (const auto& bytes : want) {
      for (size_t i = 0; i + 4 <= bytes.size(); i += 4) {
        float f;
        std::memcpy(&f, bytes.data() + i, 4);
        largest = std::max(largest, std::abs(f));
      }
    }
    RunPipeline(&g, Optimize::kSize, [&](const Pass& pass, const graph::Graph& after) {
      if (std::string(pass.name) == "pack_weights") copied_before += CopiedBytes(after);
    });
    copied_after += CopiedBytes(g);
    const std::vector<uint8_t> file = format::WriteAdze(g);
    for (int i = 0; i < kManifest->n_levels; ++i) {
      const auto level = static_cast<Level>(kManifest->levels[i]);
      if (!CpuOffers(level)) continue;
      EXPECT_LE(LargestDifference(want, RunFile(file, inputs, LevelName(level))), 1e-5f * largest) << LevelName(level);
    }
  }
  std::printf("%ld bytes copied before views, %ld after\n", static_cast<long>(copied_before), static_cast<long>(copied_after));
  EXPECT_LT(copied_after, copied_before * 3 / 4);
}

}  // namespace
}  // namespace adze::passes
