// SPDX-License-Identifier: Apache-2.0
// Time of the convolution drivers with every micro-kernel that this CPU runs, on layers of real networks. Google Benchmark's flags apply:
//
//   build/bin/conv2d_bench --benchmark_filter='gemm.*7x32'
//
// FLOPS is two for each multiply-add of the direct convolution.
#include <benchmark/benchmark.h>

#include <string>

#include "kernels/cpu/dwconv/dwconv.rows.h"
#include "kernels/cpu/gemm/gemm.rows.h"
#include "kernels/cpu/winograd/winograd.rows.h"
#include "kernels/testing/timed_layer.h"

namespace adze {
namespace {

struct Layer {
  const char* name;
  int size, c_in, c_out, kernel, stride;
  bool depthwise = false;
};

constexpr Layer kLayers[] = {
    {"mobilenet_first", 224, 3, 32, 3, 2},
    {"mobilenet_1x1_112", 112, 32, 64, 1, 1},
    {"mobilenet_1x1_56", 56, 128, 128, 1, 1},
    {"mobilenet_1x1_28", 28, 256, 256, 1, 1},
    {"mobilenet_1x1_14", 14, 512, 512, 1, 1},
    {"mobilenet_1x1_7", 7, 1024, 1024, 1, 1},
    {"mobilenet2_narrow_56", 56, 144, 24, 1, 1},
    {"mobilenet2_wide_56", 56, 24, 144, 1, 1},
    {"wide128_56", 56, 24, 128, 1, 1},
    {"wide16_56", 56, 24, 16, 1, 1},
    {"wide8_56", 56, 24, 8, 1, 1},
    {"wide32_56", 56, 24, 32, 1, 1},
    {"mobilenet025_1x1_56", 56, 32, 32, 1, 1},
    {"resnet_first", 224, 3, 64, 7, 2},
    {"resnet_3x3_56", 56, 64, 64, 3, 1},
    {"resnet_3x3_28", 28, 128, 128, 3, 1},
    {"resnet_3x3_14", 14, 256, 256, 3, 1},
    {"resnet_3x3_7", 7, 512, 512, 3, 1},
    {"3x3_112_16", 112, 16, 16, 3, 1},
    {"3x3_28_64", 28, 64, 64, 3, 1},
    {"3x3_14_128", 14, 128, 128, 3, 1},
    {"3x3_7_256", 7, 256, 256, 3, 1},
    {"resnet_1x1_56_256", 56, 64, 256, 1, 1},
    {"resnet_1x1_14_1024", 14, 1024, 256, 1, 1},
    {"resnet_3x3_s2_56", 56, 128, 128, 3, 2},
    {"gemv_1x1", 1, 1024, 1000, 1, 1},
    {"dw3_112", 112, 32, 32, 3, 1, true},
    {"dw3_56", 56, 128, 128, 3, 1, true},
    {"dw3_14", 14, 512, 512, 3, 1, true},
    {"dw3_s2_112", 112, 64, 64, 3, 2, true},
    {"dw3_s2_14", 14, 512, 512, 3, 2, true},
    {"dw3_14_528", 14, 528, 528, 3, 1, true},
    {"dw3_56_144", 56, 144, 144, 3, 1, true},
    {"dw3_s2_14_528", 14, 528, 528, 3, 2, true},
    {"dw5_14", 14, 240, 240, 5, 1, true},
    {"dw5_s2_28", 28, 96, 96, 5, 2, true},
    {"dw3_8ch_112", 112, 8, 8, 3, 1, true},
};

parity::LayerShape ShapeOf(const Layer& l) {
  return {l.depthwise ? "depthwise" : "conv2d", l.size, l.size, l.c_in, l.c_out, l.kernel, l.stride};
}

void RunLayer(benchmark::State& state, const Layer& layer, const void* ukernel) {
  const parity::TimedLayer timed(ShapeOf(layer));
  for (auto _ : state) timed.Run(ukernel);
  state.counters["FLOPS"] = benchmark::Counter(2 * ShapeOf(layer).macs(), benchmark::Counter::kIsIterationInvariantRate);
}

// The products of Winograd's algorithm by `gemm`, its transforms by `winograd`.
void RunWinograd(benchmark::State& state, const Layer& layer, const void* gemm, const void* winograd) {
  parity::LayerShape shape = ShapeOf(layer);
  shape.op = "winograd";
  const parity::TimedLayer timed(shape);
  for (auto _ : state) timed.Run(gemm, winograd);
  state.counters["FLOPS"] = benchmark::Counter(2 * shape.macs(), benchmark::Counter::kIsIterationInvariantRate);
}

bool CpuRuns(Level level) {
  if (level == Level::kAvx512) return __builtin_cpu_supports("avx512vl") != 0;
  if (level == Level::kAvx2) return __builtin_cpu_supports("avx2") != 0 && __builtin_cpu_supports("fma") != 0;
  return true;
}

// The layers that `row` may be chosen for.
void Register(const UkernelRow& row, bool depthwise) {
  const void* symbol = parity::FindSymbol(row.name);
  if (symbol == nullptr || !CpuRuns(row.level)) return;
  for (const Layer& layer : kLayers) {
    if (layer.depthwise != depthwise) continue;
    if (Evaluate(row.when.code, row.when.size, parity::TimedLayer(ShapeOf(layer)).KeyOf(), 1) == 0) continue;
    benchmark::RegisterBenchmark((std::string(row.name) + "/" + layer.name).c_str(),
                                 [&layer, symbol](benchmark::State& state) { RunLayer(state, layer, symbol); });
  }
}

// The 3 x 3 layers of stride 1 through `row`'s transforms and every general product of the same level.
void RegisterWinograd(const UkernelRow& row) {
  const void* winograd = parity::FindSymbol(row.name);
  if (winograd == nullptr || !CpuRuns(row.level)) return;
  for (const UkernelRow& product : kGemmUkernelRows) {
    if (product.level != row.level || product.when.size != 0) continue;
    const void* gemm = parity::FindSymbol(product.name);
    for (const Layer& layer : kLayers) {
      if (layer.depthwise || layer.kernel != 3 || layer.stride != 1) continue;
      benchmark::RegisterBenchmark((std::string(row.name) + "/" + layer.name).c_str(),
                                   [&layer, gemm, winograd](benchmark::State& state) { RunWinograd(state, layer, gemm, winograd); });
    }
  }
}

}  // namespace
}  // namespace adze

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  for (const adze::UkernelRow& row : adze::kGemmUkernelRows) adze::Register(row, false);
  for (const adze::UkernelRow& row : adze::kDwconvUkernelRows) adze::Register(row, true);
  for (const adze::UkernelRow& row : adze::kWinogradUkernelRows) adze::RegisterWinograd(row);
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
