// SPDX-License-Identifier: Apache-2.0
// The params of every op in words, one small function per struct of op-registry/ops.
#include <cstdio>
#include <cstring>
#include <iterator>
#include <map>

#include "models/format/dump.h"
#include "op-registry/ops/binary.h"
#include "op-registry/ops/conv2d.h"
#include "op-registry/ops/conv_transpose2d.h"
#include "op-registry/ops/fully_connected.h"
#include "op-registry/ops/grid_sample.h"
#include "op-registry/ops/indexed.h"
#include "op-registry/ops/layer_norm.h"
#include "op-registry/ops/lstm.h"
#include "op-registry/ops/matmul.h"
#include "op-registry/ops/movement.h"
#include "op-registry/ops/pool2d.h"
#include "op-registry/ops/recurrent.h"
#include "op-registry/ops/reduce.h"
#include "op-registry/ops/reduce_mean.h"
#include "op-registry/ops/resample.h"
#include "op-registry/ops/resize_linear.h"
#include "op-registry/ops/resize_nearest.h"
#include "op-registry/ops/softmax.h"
#include "op-registry/ops/unary.h"

namespace adze::format {
namespace {

// Collects "name value" pairs. Floats in nine digits, which tell any two apart.
class Fields {
 public:
  Fields& Add(const char* name, const std::string& value) {
    text_ += (text_.empty() ? "" : ", ") + std::string(name) + " " + value;
    return *this;
  }
  Fields& Add(const char* name, int32_t value) { return Add(name, std::to_string(value)); }
  Fields& Add(const char* name, float value) { return Add(name, FloatText(value)); }
  Fields& Add(const char* name, double value) {
    char text[32];
    std::snprintf(text, sizeof(text), "%.17g", value);
    return Add(name, std::string(text));
  }
  Fields& Add(const char* name, const ClampRange& c) { return Add(name, "[" + FloatText(c.lo) + ", " + FloatText(c.hi) + "]"); }
  template <typename T, size_t kCount>
  Fields& Add(const char* name, const T (&list)[kCount]) {
    std::string text = "[";
    for (size_t i = 0; i < kCount; ++i) text += (i == 0 ? "" : ", ") + std::to_string(list[i]);
    return Add(name, text + "]");
  }
  // An enumeration's value by name, or its number where it has none.
  template <typename E, size_t kCount>
  Fields& Add(const char* name, E value, const char* const (&names)[kCount]) {
    const auto i = static_cast<size_t>(value);
    return Add(name, i < kCount ? std::string(names[i]) : std::to_string(i));
  }
  template <size_t kCount>
  Fields& Reserved(const uint8_t (&bytes)[kCount]) {
    bool any = false;
    for (const uint8_t b : bytes) any = any || b != 0;
    return any ? Add("reserved", bytes) : *this;
  }
  std::string Done() const { return "{" + text_ + "}"; }

 private:
  static std::string FloatText(float value) {
    char text[32];
    std::snprintf(text, sizeof(text), "%.9g", static_cast<double>(value));
    return text;
  }
  std::string text_;
};

// The dims whose bits are set.
std::string AxesText(uint32_t bits) {
  std::string text;
  for (int d = 0; d < 32; ++d) {
    if ((bits >> d & 1) != 0) text += (text.empty() ? "" : ", ") + std::to_string(d);
  }
  return "[" + text + "]";
}

constexpr const char* kPackings[] = {"none", "panels16", "depthwise16", "panels16_by_channel", "winograd4x3"};

std::string Text(const BinaryParams& p) { return Fields().Add("clamp", p.clamp).Done(); }
std::string Text(const ClampParams& p) { return Fields().Add("clamp", p.clamp).Done(); }
std::string Text(const EluParams& p) { return Fields().Add("alpha", p.alpha).Done(); }
std::string Text(const SoftmaxParams& p) { return Fields().Add("beta", p.beta).Done(); }
std::string Text(const TransposeParams& p) { return Fields().Add("perm", p.perm).Done(); }
std::string Text(const SliceParams& p) { return Fields().Add("begin", p.begin).Add("step", p.step).Done(); }
std::string Text(const ConcatParams& p) { return Fields().Add("axis", p.axis).Done(); }
std::string Text(const PadParams& p) { return Fields().Add("before", p.before).Add("after", p.after).Add("value", p.value).Done(); }

std::string Text(const ReverseParams& p) { return Fields().Add("axes", AxesText(p.axes)).Done(); }
std::string Text(const ReverseSequenceParams& p) { return Fields().Add("time_axis", p.time_axis).Add("batch_axis", p.batch_axis).Done(); }
std::string Text(const TriluParams& p) { return Fields().Add("k", p.k).Add("upper", static_cast<int32_t>(p.upper)).Done(); }

constexpr const char* kReductions[] = {"none", "add", "mul", "max", "min"};

std::string Text(const AxisParams& p) { return Fields().Add("axis", p.axis).Done(); }
std::string Text(const GatherParams& p) { return Fields().Add("axis", p.axis).Add("batch_dims", p.batch_dims).Done(); }
std::string Text(const GatherNdParams& p) { return Fields().Add("batch_dims", p.batch_dims).Done(); }
std::string Text(const ScatterNdParams& p) { return Fields().Add("reduction", p.reduction, kReductions).Done(); }
std::string Text(const ScatterElementsParams& p) { return Fields().Add("axis", p.axis).Add("reduction", p.reduction, kReductions).Done(); }
std::string Text(const OneHotParams& p) { return Fields().Add("axis", p.axis).Add("wraps", p.wraps).Done(); }

std::string Text(const ReduceParams& p) { return Fields().Add("axes", AxesText(p.axes)).Done(); }
std::string Text(const ArgMaxParams& p) {
  return Fields().Add("axis", p.axis).Add("smallest", p.smallest).Add("last", p.last).Reserved(p.reserved).Done();
}
std::string Text(const CumsumParams& p) {
  return Fields().Add("axis", p.axis).Add("exclusive", p.exclusive).Add("reverse", p.reverse).Reserved(p.reserved).Done();
}
std::string Text(const TopkParams& p) { return Fields().Add("axis", p.axis).Add("smallest", p.smallest).Done(); }

std::string Text(const LayerNormParams& p) { return Fields().Add("epsilon", p.epsilon).Done(); }
std::string Text(const ReduceMeanParams& p) { return Fields().Add("axes", AxesText(p.axes)).Done(); }
std::string Text(const LstmParams& p) {
  return Fields().Add("hidden", p.hidden).Add("packing", p.packing, kPackings).Add("reverse", p.reverse).Reserved(p.reserved).Done();
}

constexpr const char* kGates[] = {"sigmoid",     "tanh",         "clamp", "affine",   "leaky_relu", "thresholded_relu",
                                  "scaled_tanh", "hard_sigmoid", "elu",   "softsign", "softplus"};
std::string OptionsText(uint32_t options) {
  static const char* const kNames[] = {"hidden0",     "cell0",      "lengths",         "recurrent_bias",    "peepholes",
                                       "layer_norm",  "projection", "projection_bias", "forget_from_input", "input_from_forget",
                                       "reset_after", "cell_out"};
  std::string text;
  for (int i = 0; i < 32; ++i) {
    if ((options >> i & 1) == 0) continue;
    text += (text.empty() ? "" : ", ") + (i < static_cast<int>(std::size(kNames)) ? std::string(kNames[i]) : std::to_string(i));
  }
  return "[" + text + "]";
}
std::string Text(const Gate& g) {
  return Fields().Add("function", g.function, kGates).Add("alpha", g.alpha).Add("beta", g.beta).Reserved(g.reserved).Done();
}
std::string Text(const RecurrentParams& p) {
  return Fields()
      .Add("hidden", p.hidden)
      .Add("projected", p.projected)
      .Add("options", OptionsText(p.options))
      .Add("packing", p.packing, kPackings)
      .Add("reverse", p.reverse)
      .Reserved(p.reserved)
      .Add("clip", p.clip)
      .Add("cell_clip", p.cell_clip)
      .Add("projection_clip", p.projection_clip)
      .Add("f", Text(p.f))
      .Add("g", Text(p.g))
      .Add("h", Text(p.h))
      .Done();
}
std::string Text(const MatMulParams& p) { return Fields().Add("heads_inside", p.heads_inside).Reserved(p.reserved).Done(); }

std::string Text(const Conv2dParams& p) {
  const int32_t kernel[] = {p.kernel_h, p.kernel_w}, stride[] = {p.stride_h, p.stride_w}, dilation[] = {p.dilation_h, p.dilation_w};
  const int32_t pad[] = {p.pad_top, p.pad_left, p.pad_bottom, p.pad_right};
  return Fields()
      .Add("kernel", kernel)
      .Add("stride", stride)
      .Add("dilation", dilation)
      .Add("pad", pad)
      .Add("groups", p.groups)
      .Add("channels_out", p.channels_out)
      .Add("clamp", p.clamp)
      .Add("packing", p.packing, kPackings)
      .Add("has_residual", p.has_residual)
      .Reserved(p.reserved)
      .Done();
}

std::string Text(const ConvTranspose2dParams& p) {
  const int32_t kernel[] = {p.kernel_h, p.kernel_w}, stride[] = {p.stride_h, p.stride_w}, dilation[] = {p.dilation_h, p.dilation_w};
  const int32_t pad[] = {p.pad_top, p.pad_left}, out[] = {p.out_h, p.out_w};
  return Fields()
      .Add("kernel", kernel)
      .Add("stride", stride)
      .Add("dilation", dilation)
      .Add("pad", pad)
      .Add("out", out)
      .Add("groups", p.groups)
      .Add("channels_out", p.channels_out)
      .Add("clamp", p.clamp)
      .Done();
}

std::string Text(const FullyConnectedParams& p) {
  static constexpr const char* kRescales[] = {"none", "f64_away"};
  const int32_t zero_points[] = {p.x_zero_point, p.w_zero_point, p.y_zero_point}, range[] = {p.q_lo, p.q_hi};
  return Fields()
      .Add("channels_out", p.channels_out)
      .Add("clamp", p.clamp)
      .Add("packing", p.packing, kPackings)
      .Add("rescale", p.rescale, kRescales)
      .Reserved(p.reserved)
      .Add("zero_points", zero_points)
      .Add("range", range)
      .Add("x_scale", p.x_scale)
      .Add("w_scale", p.w_scale)
      .Add("y_scale", p.y_scale)
      .Done();
}

std::string Text(const Pool2dParams& p) {
  static constexpr const char* kKinds[] = {"max", "average"};
  const int32_t kernel[] = {p.kernel_h, p.kernel_w}, stride[] = {p.stride_h, p.stride_w};
  const int32_t pad[] = {p.pad_top, p.pad_left, p.pad_bottom, p.pad_right};
  return Fields()
      .Add("kind", p.kind, kKinds)
      .Add("kernel", kernel)
      .Add("stride", stride)
      .Add("pad", pad)
      .Add("clamp", p.clamp)
      .Add("count_include_pad", p.count_include_pad)
      .Reserved(p.reserved)
      .Done();
}

std::string Text(const GridSampleParams& p) {
  static constexpr const char* kInterpolations[] = {"nearest", "linear", "cubic"};
  static constexpr const char* kPaddings[] = {"zeros", "border", "reflection"};
  return Fields()
      .Add("interpolation", p.interpolation, kInterpolations)
      .Add("padding", p.padding, kPaddings)
      .Add("align_corners", static_cast<int32_t>(p.align_corners))
      .Done();
}
std::string Text(const ResampleParams& p) { return Fields().Add("axis", p.axis).Done(); }
std::string Text(const ResizeLinearParams& p) {
  return Fields().Add("step_h", p.step_h).Add("offset_h", p.offset_h).Add("step_w", p.step_w).Add("offset_w", p.offset_w).Done();
}

std::string Text(const ResizeNearestParams& p) {
  static constexpr const char* kCoordinates[] = {"asymmetric", "half_pixel"};
  static constexpr const char* kRoundings[] = {"floor", "round_prefer_floor"};
  return Fields()
      .Add("scale_h", p.scale_h)
      .Add("scale_w", p.scale_w)
      .Add("coordinate", p.coordinate, kCoordinates)
      .Add("rounding", p.rounding, kRoundings)
      .Reserved(p.reserved)
      .Done();
}

std::string Hexadecimal(Span<const uint8_t> bytes) {
  std::string text = "0x";
  for (size_t i = 0; i < bytes.size; ++i) {
    text += "0123456789abcdef"[bytes.data[i] >> 4];
    text += "0123456789abcdef"[bytes.data[i] & 15];
  }
  return text;
}

template <typename T>
std::string Decode(Span<const uint8_t> bytes) {
  if (bytes.size != sizeof(T)) return Hexadecimal(bytes);
  T params;
  std::memcpy(&params, bytes.data, sizeof(T));
  return Text(params);
}

}  // namespace

std::string ParamsText(const std::string& op, Span<const uint8_t> params) {
  static const std::map<std::string, std::string (*)(Span<const uint8_t>)> kDecoders = {
      {"add", Decode<BinaryParams>},
      {"arg_max", Decode<ArgMaxParams>},
      {"clamp", Decode<ClampParams>},
      {"concat", Decode<ConcatParams>},
      {"conv2d", Decode<Conv2dParams>},
      {"conv_transpose2d", Decode<ConvTranspose2dParams>},
      {"cumsum", Decode<CumsumParams>},
      {"div", Decode<BinaryParams>},
      {"elu", Decode<EluParams>},
      {"fully_connected", Decode<FullyConnectedParams>},
      {"gather", Decode<GatherParams>},
      {"gather_elements", Decode<AxisParams>},
      {"gather_nd", Decode<GatherNdParams>},
      {"grid_sample", Decode<GridSampleParams>},
      {"gru", Decode<RecurrentParams>},
      {"layer_norm", Decode<LayerNormParams>},
      {"lstm", Decode<LstmParams>},
      {"lstm_full", Decode<RecurrentParams>},
      {"matmul", Decode<MatMulParams>},
      {"max", Decode<BinaryParams>},
      {"min", Decode<BinaryParams>},
      {"mul", Decode<BinaryParams>},
      {"one_hot", Decode<OneHotParams>},
      {"pad", Decode<PadParams>},
      {"pool2d", Decode<Pool2dParams>},
      {"reduce_max", Decode<ReduceParams>},
      {"reduce_mean", Decode<ReduceMeanParams>},
      {"reduce_min", Decode<ReduceParams>},
      {"reduce_prod", Decode<ReduceParams>},
      {"reduce_sum", Decode<ReduceParams>},
      {"resample", Decode<ResampleParams>},
      {"resize_linear", Decode<ResizeLinearParams>},
      {"resize_nearest", Decode<ResizeNearestParams>},
      {"reverse", Decode<ReverseParams>},
      {"reverse_sequence", Decode<ReverseSequenceParams>},
      {"rnn", Decode<RecurrentParams>},
      {"scatter_elements", Decode<ScatterElementsParams>},
      {"scatter_nd", Decode<ScatterNdParams>},
      {"slice", Decode<SliceParams>},
      {"softmax", Decode<SoftmaxParams>},
      {"sub", Decode<BinaryParams>},
      {"topk", Decode<TopkParams>},
      {"transpose", Decode<TransposeParams>},
      {"trilu", Decode<TriluParams>},
  };
  if (params.size == 0) return "";
  const auto decoder = kDecoders.find(op);
  return decoder == kDecoders.end() ? Hexadecimal(params) : decoder->second(params);
}

}  // namespace adze::format
