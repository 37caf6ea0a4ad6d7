// SPDX-License-Identifier: Apache-2.0
// One layer with its operands in memory, for the benches: what the drivers of gemm_f32 and dwconv_f32 are given, and the key by which rows
// are selected for it.
#pragma once

#include <cstdlib>
#include <stdexcept>
#include <string>
#include <vector>

#include "kernels/contract/kernel.h"
#include "kernels/cpu/conv2d/conv2d.rows.h"
#include "kernels/testing/row_symbols.h"
#include "op-registry/core/op.h"
#include "op-registry/core/packing.h"
#include "op-registry/core/winograd.h"
#include "op-registry/ops/conv2d.h"
#include "op-registry/ops/fully_connected.h"

namespace adze::parity {

// "conv2d", "depthwise" and "winograd" are square kernels with half a kernel of padding; "fully_connected" has `height` rows.
struct LayerShape {
  std::string op;
  int height = 1, width = 1, c_in = 1, c_out = 1, kernel = 1, stride = 1;

  bool depthwise() const { return op == "depthwise"; }
  bool winograd() const { return op == "winograd"; }
  bool is_conv() const { return op != "fully_connected"; }
  int Out(int size) const { return (size + kernel / 2 * 2 - kernel) / stride + 1; }
  int64_t pixels() const { return is_conv() ? static_cast<int64_t>(Out(height)) * Out(width) : height; }
  int64_t depth() const { return static_cast<int64_t>(kernel) * kernel * (depthwise() ? 1 : c_in); }
  double macs() const { return static_cast<double>(pixels()) * static_cast<double>(depth()) * c_out; }
  const char* driver() const {
    if (winograd()) return "conv2d_f32__any_winograd";
    return depthwise() ? "dwconv2d_f32__any" : is_conv() ? "conv2d_f32__any_indirect" : "fully_connected_f32__any_gemm";
  }
};

// 64-byte aligned floats in [-1, 1).
class Floats {
 public:
  explicit Floats(int64_t n)
      : data_(static_cast<float*>(std::aligned_alloc(64, RoundUp(n * static_cast<int64_t>(sizeof(float)) + 1, 64)))) {
    uint32_t x = 1;
    for (int64_t i = 0; i < n; ++i) {
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

class TimedLayer {
 public:
  explicit TimedLayer(const LayerShape& shape)
      : shape_(shape),
        padded_(static_cast<int>(RoundUp(shape.c_out, kPanelColumns))),
        x_(static_cast<int64_t>(shape.height) * shape.width * shape.c_in),
        w_((shape.winograd() ? int64_t{kWinogradPositions} * shape.c_in : shape.depth()) * padded_),
        bias_(padded_),
        y_(shape.pixels() * shape.c_out),
        scratch_(shape.winograd() ? WinogradScratch<int64_t>(shape.c_in + shape.c_out) : static_cast<int64_t>(shape.c_in) * shape.kernel) {
    const int panels = padded_ / kPanelColumns;
    const int depth = static_cast<int>(shape.depth());
    tensors_[1] = TensorOf(w_, shape.depthwise() ? std::vector<int>{depth, padded_} : std::vector<int>{1, panels, depth, kPanelColumns});
    if (shape.winograd()) tensors_[1] = TensorOf(w_, {kWinogradPositions, panels, shape.c_in, kPanelColumns});
    tensors_[2] = TensorOf(bias_, {padded_});
    if (shape.is_conv()) {
      tensors_[0] = TensorOf(x_, {1, shape.height, shape.width, shape.c_in});
      tensors_[3] = TensorOf(y_, {1, shape.Out(shape.height), shape.Out(shape.width), shape.c_out});
      conv_.kernel_h = conv_.kernel_w = shape.kernel;
      conv_.stride_h = conv_.stride_w = shape.stride;
      conv_.pad_top = conv_.pad_left = conv_.pad_bottom = conv_.pad_right = shape.kernel / 2;
      conv_.groups = shape.depthwise() ? shape.c_in : 1;
      conv_.channels_out = shape.c_out;
      conv_.clamp = {0, 6};
      conv_.packing = shape.winograd() ? Packing::kWinograd4x3 : shape.depthwise() ? Packing::kDepthwise16 : Packing::kPanels16;
    } else {
      tensors_[0] = TensorOf(x_, {shape.height, shape.c_in});
      tensors_[3] = TensorOf(y_, {shape.height, shape.c_out});
      fc_.channels_out = shape.c_out;
      fc_.clamp = {0, 6};
      fc_.packing = Packing::kPanels16;
    }
  }
  TimedLayer(const TimedLayer&) = delete;
  TimedLayer& operator=(const TimedLayer&) = delete;

  // As the op itself describes the node. Throws where it refuses it.
  Key KeyOf() const {
    const auto& op = *static_cast<const OpDef*>(FindSymbol(shape_.is_conv() ? "op_conv2d" : "op_fully_connected"));
    const Tensor* in[] = {&tensors_[0], &tensors_[1], &tensors_[2]};
    const Tensor* out[] = {&tensors_[3]};
    NodeArgs node;
    node.in = in;
    node.out = out;
    node.n_in = 3;
    node.n_out = 1;
    node.params = params();
    node.params_bytes = shape_.is_conv() ? sizeof(conv_) : sizeof(fc_);
    TensorType type;
    if (!op.infer(node, &type).ok()) throw std::invalid_argument("not a valid layer of " + shape_.op);
    Key key;
    op.key(node, &key);
    return key;
  }

  // `second`: the transforms of "winograd".
  void Run(const void* ukernel, const void* second = nullptr) const {
    static const Parallel kInline = {
        [](const Parallel*, void (*task)(void*, size_t, size_t), void* context, size_t n, size_t) { task(context, 0, n); }};
    const Tensor* in[] = {&tensors_[0], &tensors_[1], &tensors_[2]};
    const Tensor* out[] = {&tensors_[3]};
    const void* const ukernels[] = {ukernel, second};
    const KernelArgs args = {in, out, 3, 1, params(), ukernels, scratch_.bytes(), &kInline};
    driver_->run(args);
  }

 private:
  static Tensor TensorOf(const Floats& floats, const std::vector<int>& dims) {
    Tensor t;
    t.data = floats.bytes();
    t.shape.rank = static_cast<int32_t>(dims.size());
    for (size_t i = 0; i < dims.size(); ++i) t.shape.dims[i] = dims[i];
    SetDenseStrides(&t);
    return t;
  }
  const uint8_t* params() const {
    return shape_.is_conv() ? reinterpret_cast<const uint8_t*>(&conv_) : reinterpret_cast<const uint8_t*>(&fc_);
  }

  LayerShape shape_;
  const Kernel* driver_ = static_cast<const Kernel*>(FindSymbol(shape_.driver()));
  int padded_;
  Floats x_, w_, bias_, y_, scratch_;
  Tensor tensors_[4];  // x, w, bias, y
  Conv2dParams conv_;
  FullyConnectedParams fc_;
};

}  // namespace adze::parity
