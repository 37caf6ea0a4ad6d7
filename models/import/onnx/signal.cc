// SPDX-License-Identifier: Apache-2.0
// ONNX ops of signal processing: windows and mel weights are constants; Fourier transforms are products with a constant matrix, which suits the lengths
// of frames (a transform of n real numbers costs n (n + 2) multiply-adds).
#include <algorithm>
#include <cmath>

#include "models/import/onnx/context.h"

namespace adze::import {
namespace {

constexpr double kPi = 3.14159265358979323846;
constexpr int64_t kMaxMatrix = int64_t{1} << 23;  // elements: 32 MiB

int64_t OneInt(OnnxNode& node, int input, const char* what) {
  const std::vector<int64_t> v = node.IntsInput(input, what);
  if (v.size() != 1) throw ContradictionError(std::string(what) + " must be one number");
  return v[0];
}

int Typed(OnnxNode& node, const Dims& dims, const std::vector<double>& values) {
  const DType dtype = InsideDType(OnnxDType(static_cast<int>(std::clamp<int64_t>(node.IntAttribute("output_datatype", 1), 0, 1000))));
  return node.CastTo(node.Constant("values", DType::kF64, dims, BytesOf(values)), dtype);
}

// a0 - a1 cos(2 pi i / n) + a2 cos(4 pi i / n); n - 1 where the window is not one period of a longer signal.
void Window(OnnxNode& node, double a0, double a1, double a2) {
  const bool periodic = node.IntAttribute("periodic", 1) != 0;
  const int64_t size = OneInt(node, 0, "the size");
  if (size < 0) throw ContradictionError("the size is " + std::to_string(size));
  CheckFolded({size}, DType::kF64);
  const double period = static_cast<double>(periodic ? size : size - 1);
  std::vector<double> w;
  for (int64_t i = 0; i < size; ++i) {
    const double turn = period == 0 ? 0 : 2 * kPi * static_cast<double>(i) / period;
    w.push_back(period == 0 ? 1 : a0 - a1 * std::cos(turn) + a2 * std::cos(2 * turn));
  }
  node.SetOutput(Typed(node, {size}, w));
}

// Triangles over the bins of a spectrum, evenly spaced on the mel scale.
void MelWeightMatrix(OnnxNode& node) {
  const int64_t bands = OneInt(node, 0, "num_mel_bins"), length = OneInt(node, 1, "dft_length"), rate = OneInt(node, 2, "sample_rate");
  const std::vector<float> low = node.FloatsOf(node.Input(3), "lower_edge_hertz"), high = node.FloatsOf(node.Input(4), "upper_edge_hertz");
  if (bands < 1 || length < 1 || rate < 1 || low.size() != 1 || high.size() != 1)
    throw ContradictionError("the numbers of bins, samples and hertz must be at least 1 and single");
  const int64_t bins = length / 2 + 1;
  CheckFolded({bins, bands}, DType::kF64);
  const auto mel = [](double hertz) { return 2595 * std::log10(1 + hertz / 700); };
  const double first = mel(static_cast<double>(low[0])),
               step = (mel(static_cast<double>(high[0])) - first) / static_cast<double>(bands + 2);
  std::vector<int64_t> edge;
  for (int64_t i = 0; i < bands + 2; ++i) {
    const double hertz = 700 * (std::pow(10, (static_cast<double>(i) * step + first) / 2595) - 1);
    edge.push_back(static_cast<int64_t>(std::floor(static_cast<double>(length + 1) * hertz / static_cast<double>(rate))));
    if (edge.back() < 0 || edge.back() >= bins) throw ContradictionError("the edges lie outside the spectrum");
  }
  std::vector<double> weights(static_cast<size_t>(bins * bands), 0);
  for (int64_t band = 0; band < bands; ++band) {
    const int64_t from = edge[static_cast<size_t>(band)], peak = edge[static_cast<size_t>(band) + 1],
                  to = edge[static_cast<size_t>(band) + 2];
    const auto at = [&](int64_t bin) -> double& { return weights[static_cast<size_t>(bin * bands + band)]; };
    for (int64_t bin = from; bin <= peak; ++bin)
      at(bin) = peak == from ? 1 : static_cast<double>(bin - from) / static_cast<double>(peak - from);
    for (int64_t bin = peak; bin < to; ++bin) at(bin) = static_cast<double>(to - bin) / static_cast<double>(to - peak);
  }
  node.SetOutput(Typed(node, {bins, bands}, weights));
}

struct Transform {
  int64_t length;  // of the transform, which may exceed the samples
  bool inverse, one_sided;
  int64_t bins() const { return one_sided ? length / 2 + 1 : length; }
};

// x [..., samples, 1 or 2 (real, imaginary)] to [..., bins, 2].
int Fourier(OnnxNode& node, int x, const Transform& t) {
  Dims dims = node.DimsOf(x);
  const int64_t parts = dims.back(), samples = dims[dims.size() - 2], bins = t.bins();
  if (parts * samples > kMaxMatrix / std::max<int64_t>(1, 2 * bins))
    throw NodeError("a transform of " + std::to_string(t.length) + " samples is too long; at most some 2000 are supported");
  std::vector<float> w(static_cast<size_t>(2 * bins * parts * samples));
  const double scale = t.inverse ? 1 / static_cast<double>(t.length) : 1, sign = t.inverse ? -1 : 1;
  for (int64_t k = 0; k < bins; ++k) {
    for (int64_t s = 0; s < samples; ++s) {
      const double turn = 2 * kPi * static_cast<double>(k * s % t.length) / static_cast<double>(t.length);
      const double c = scale * std::cos(turn), i = scale * sign * std::sin(turn);
      float* real = &w[static_cast<size_t>(((2 * k) * samples + s) * parts)];
      float* imaginary = &w[static_cast<size_t>(((2 * k + 1) * samples + s) * parts)];
      real[0] = static_cast<float>(c);
      imaginary[0] = static_cast<float>(-i);
      if (parts < 2) continue;
      real[1] = static_cast<float>(i);
      imaginary[1] = static_cast<float>(c);
    }
  }
  dims.pop_back();
  dims.back() = samples * parts;
  const int y = node.MatrixProduct(node.Reshape(x, dims), node.FloatConstant("waves", {2 * bins, samples * parts}, w), -1, {});
  dims.back() = bins;
  dims.push_back(2);
  return node.Reshape(y, dims);
}

void CheckParts(const Dims& dims) {
  if (dims.size() < 2 || dims.back() < 1 || dims.back() > 2)
    throw ContradictionError("the input has shape " + DimsText(dims) + "; its last dim must be 1 (real) or 2 (complex)");
}

void Dft(OnnxNode& node) {
  Transform t = {};
  t.inverse = node.IntAttribute("inverse", 0) != 0;
  t.one_sided = node.IntAttribute("onesided", 0) != 0;
  const int64_t stored = node.opset() < 20 ? node.IntAttribute("axis", 1) : node.HasInput(2) ? OneInt(node, 2, "the axis") : -2;
  int x = node.FloatInput(0);
  CheckParts(node.DimsOf(x));
  if (t.inverse && t.one_sided) throw NodeError("a one-sided inverse is not supported; give the whole spectrum");
  const auto axis = static_cast<size_t>(NormalAxis(stored, node.RankOf(x)));
  const size_t last = node.DimsOf(x).size() - 1;
  if (axis == last) throw ContradictionError("the axis is that of the real and imaginary parts");
  t.length = node.HasInput(1) ? OneInt(node, 1, "dft_length") : node.DimsOf(x)[axis];
  if (t.length < 1) throw ContradictionError("the length of the transform is " + std::to_string(t.length));
  std::vector<int> swap;  // its own inverse
  for (size_t i = 0; i <= last; ++i) swap.push_back(static_cast<int>(i));
  std::swap(swap[axis], swap[last - 1]);
  x = node.Transpose(x, swap);
  Dims cut = node.DimsOf(x);
  cut[last - 1] = std::min(cut[last - 1], t.length);
  x = node.Slice(x, std::vector<int64_t>(cut.size(), 0), std::vector<int64_t>(cut.size(), 1), cut);
  node.SetOutput(node.Transpose(Fourier(node, x, t), swap));
}

// Frames of a signal, each times the window, transformed.
void Stft(OnnxNode& node) {
  Transform t = {};
  t.one_sided = node.IntAttribute("onesided", 1) != 0;
  int x = node.FloatInput(0);
  if (node.RankOf(x) == 2) x = node.Reshape(x, {node.DimsOf(x)[0], node.DimsOf(x)[1], 1});
  const Dims dims = node.DimsOf(x);
  CheckParts(dims);
  if (dims.size() != 3) throw ContradictionError("the signal has shape " + DimsText(dims) + "; it must be [batch, samples, 1 or 2]");
  const int64_t step = OneInt(node, 1, "frame_step");
  const int window = node.HasInput(2) ? node.FloatInput(2) : -1;
  if (window >= 0 && node.RankOf(window) != 1) throw ContradictionError("the window must have one dim");
  if (!node.HasInput(3) && window < 0) throw DamageError("neither a window nor a frame_length is given");
  t.length = node.HasInput(3) ? OneInt(node, 3, "frame_length") : node.DimsOf(window)[0];
  if (step < 1 || t.length < 1 || t.length > dims[1] || (window >= 0 && node.DimsOf(window)[0] != t.length))
    throw ContradictionError("frames of " + std::to_string(t.length) + " samples, one every " + std::to_string(step) +
                             ", do not fit the signal or the window");
  const int64_t frames = (dims[1] - t.length) / step + 1;
  CheckFolded({frames, t.length}, DType::kI32);
  std::vector<int32_t> places;
  for (int64_t f = 0; f < frames; ++f) {
    for (int64_t s = 0; s < t.length; ++s) places.push_back(static_cast<int32_t>(f * step + s));
  }
  x = node.Gather(x, node.Constant("samples", DType::kI32, {frames, t.length}, BytesOf(places)), 1, 0);
  if (window >= 0) x = node.Binary("mul", x, node.Reshape(window, {t.length, 1}), {});
  node.SetOutput(Fourier(node, x, t));
}

}  // namespace

std::vector<OnnxOp> OnnxSignalOps() {
  return {{"HannWindow", [](OnnxNode& n) { Window(n, 0.5, 0.5, 0); }},
          {"HammingWindow", [](OnnxNode& n) { Window(n, 25.0 / 46, 21.0 / 46, 0); }},
          {"BlackmanWindow", [](OnnxNode& n) { Window(n, 0.42, 0.5, 0.08); }},
          {"MelWeightMatrix", MelWeightMatrix},
          {"DFT", Dft},
          {"STFT", Stft}};
}

}  // namespace adze::import
