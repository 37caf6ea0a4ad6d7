// SPDX-License-Identifier: Apache-2.0
// Time of the convolution drivers with every micro-kernel that this CPU runs, on layers of real networks. Google Benchmark's flags apply:
//
//   build/bin/conv2d_bench --benchmark_filter='gemm.*7x32'
//
// FLOPS is two for each multiply-add of the direct convolution.
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

#include "kernels/contract/kernel.h"
#include "kernels/cpu/dwconv/dwconv.rows.h"
#include "kernels/cpu/gemm/gemm.rows.h"
#include "kernels/testing/row_symbols.h"
#include "op-registry/core/packing.h"
#include "op-registry/ops/conv2d.h"

namespace adze {
extern "C" {
extern const Kernel adze_conv2d_f32__any_indirect, adze_dwconv2d_f32__any;
}

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

// 64-byte aligned floats in [-1, 1).
class Floats {
 public:
  explicit Floats(size_t n) : data_(static_cast<float*>(std::aligned_alloc(64, (n * sizeof(float) + 63) / 64 * 64))) {
    uint32_t x = 1;
    for (size_t i = 0; i < n; ++i) {
      x = x * 1664525 + 1013904223;
      data_[i] = static_cast<float>(x >> 8) * 0x1p-23f - 1;
    }
  }
  ~Floats() { std::free(data_); }
  Floats(const Floats&) = delete;
  Floats& operator=(const Floats&) = delete;
  uint8_t* bytes() const { return reinterpret_cast<uint8_t*>(data_); }

 private:
  float* data_;
};

Tensor TensorOf(const Floats& floats, const std::vector<int>& dims) {
  Tensor t;
  t.data = floats.bytes();
  t.shape.rank = static_cast<int32_t>(dims.size());
  for (size_t i = 0; i < dims.size(); ++i) t.shape.dims[i] = dims[i];
  SetDenseStrides(&t);
  return t;
}

void RunInline(const Parallel*, void (*task)(void*, size_t, size_t), void* context, size_t n, size_t) { task(context, 0, n); }

void RunLayer(benchmark::State& state, const Layer& layer, const void* ukernel) {
  const int pad = layer.kernel / 2;
  const int out = (layer.size + 2 * pad - layer.kernel) / layer.stride + 1;
  const int area = layer.kernel * layer.kernel;
  const int padded = static_cast<int>(RoundUp(layer.c_out, kPanelColumns));
  const int k = area * layer.c_in;
  const Floats x(static_cast<size_t>(layer.size) * layer.size * layer.c_in), w(static_cast<size_t>(layer.depthwise ? area : k) * padded);
  const Floats bias(static_cast<size_t>(padded)), y(static_cast<size_t>(out) * out * layer.c_out);
  const Floats scratch(static_cast<size_t>(layer.c_in) * 1024);
  Tensor tx = TensorOf(x, {1, layer.size, layer.size, layer.c_in}), ty = TensorOf(y, {1, out, out, layer.c_out});
  Tensor tb = TensorOf(bias, {padded});
  Tensor tw = layer.depthwise ? TensorOf(w, {area, padded}) : TensorOf(w, {1, padded / kPanelColumns, k, kPanelColumns});
  Conv2dParams p;
  p.kernel_h = p.kernel_w = layer.kernel;
  p.stride_h = p.stride_w = layer.stride;
  p.pad_top = p.pad_left = p.pad_bottom = p.pad_right = pad;
  p.groups = layer.depthwise ? layer.c_in : 1;
  p.channels_out = layer.c_out;
  p.clamp = {0, 6};
  p.packing = layer.depthwise ? Packing::kDepthwise16 : Packing::kPanels16;
  const Parallel parallel = {RunInline};
  const Tensor* in[] = {&tx, &tw, &tb};
  const Tensor* outs[] = {&ty};
  KernelArgs args = {in, outs, 3, 1, reinterpret_cast<const uint8_t*>(&p), &ukernel, scratch.bytes(), &parallel};
  const Kernel& kernel = layer.depthwise ? adze_dwconv2d_f32__any : adze_conv2d_f32__any_indirect;
  for (auto _ : state) kernel.run(args);
  const double macs = static_cast<double>(out) * out * layer.c_out * area * (layer.depthwise ? 1 : layer.c_in);
  state.counters["FLOPS"] = benchmark::Counter(2 * macs, benchmark::Counter::kIsIterationInvariantRate);
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
    Key key;
    key[Feature::kKernelW] = layer.kernel;
    key[Feature::kStrideW] = layer.stride;
    key[Feature::kM] = (layer.size / layer.stride) * (layer.size / layer.stride);
    if (layer.depthwise != depthwise || Evaluate(row.when.code, row.when.size, key, 1) == 0) continue;
    benchmark::RegisterBenchmark((std::string(row.name) + "/" + layer.name).c_str(),
                                 [&layer, symbol](benchmark::State& state) { RunLayer(state, layer, symbol); });
  }
}

}  // namespace
}  // namespace adze

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  for (const adze::UkernelRow& row : adze::kGemmUkernelRows) adze::Register(row, false);
  for (const adze::UkernelRow& row : adze::kDwconvUkernelRows) adze::Register(row, true);
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
