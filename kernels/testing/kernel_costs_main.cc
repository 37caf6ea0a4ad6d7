// SPDX-License-Identifier: Apache-2.0
// adze-kernel-costs: the shortest time of each layer with each micro-kernel that may serve it on this CPU.
//
//   adze-kernel-costs ROUNDS < layers > times
//
// A line of input is "op height width c_in c_out kernel stride" (kernels/testing/timed_layer.h); a line of output the same, comma separated,
// with the row and nanoseconds behind it. The rows of a layer take turns, so that a slower or faster minute of the machine meets all of them.
#include <algorithm>
#include <chrono>
#include <iostream>
#include <map>
#include <sstream>

#include "kernels/catalog.h"
#include "kernels/testing/parity.h"
#include "kernels/testing/timed_layer.h"

namespace adze::parity {
namespace {

constexpr double kTurn = 150e3;  // nanoseconds that one turn lasts at least: some thousand times what the clock takes

double Measure(const TimedLayer& layer, const void* ukernel, int times) {
  const auto start = std::chrono::steady_clock::now();
  for (int i = 0; i < times; ++i) layer.Run(ukernel);
  return std::chrono::duration<double, std::nano>(std::chrono::steady_clock::now() - start).count() / times;
}

// Does `when` hold for the layer, or for one of other sizes? In these families sizes in a `when` speak of speed, and the table is to show that they
// are right; what a micro-kernel cannot compute is a matter of the kernel's width, stride and dilation.
bool MayServe(const RowView& row, Key key) {
  const int64_t m = key[Feature::kM], w = key[Feature::kWout], c = key[Feature::kCout];
  for (const int64_t other_m : {m, int64_t{1}}) {
    for (const int64_t other_w : {w, int64_t{1024}}) {
      for (const int64_t other_c : {c, int64_t{kPanelColumns - 1}}) {
        key[Feature::kM] = other_m, key[Feature::kWout] = other_w, key[Feature::kCout] = other_c;
        if (Evaluate(row.when.data, static_cast<int>(row.when.size), key, 1) != 0) return true;
      }
    }
  }
  return false;
}

// Micro-kernels that could be selected for the layer at some level that this CPU has.
std::vector<std::string> Candidates(const LayerShape& shape, const Key& key) {
  const std::string family = shape.depthwise() ? "dwconv_f32__" : "gemm_f32__";
  std::vector<std::string> names;
  for (const CatalogRow& row : Catalog()) {
    RowView view;
    ReadRow(row.bytes.data(), &view);
    if (row.kind != RowKind::kUkernel || row.name.compare(0, family.size(), family) != 0 || !CpuRuns(row.level)) continue;
    if (FindSymbol(row.name) != nullptr && MayServe(view, key)) names.push_back(row.name);
  }
  return names;
}

void TimeLayer(const LayerShape& s, int rounds) {
  const TimedLayer layer(s);
  std::map<std::string, double> best;
  std::map<std::string, int> times;
  const std::vector<std::string> names = Candidates(s, layer.KeyOf());
  for (const std::string& name : names) {
    Measure(layer, FindSymbol(name), 1);
    best[name] = Measure(layer, FindSymbol(name), 1);
    times[name] = std::max(1, static_cast<int>(kTurn / best[name]));
  }
  for (int r = 0; r < rounds; ++r) {
    for (const std::string& name : names) best[name] = std::min(best[name], Measure(layer, FindSymbol(name), times[name]));
  }
  for (const std::string& name : names) {
    std::cout << s.op << ',' << s.height << ',' << s.width << ',' << s.c_in << ',' << s.c_out << ',' << s.kernel << ',' << s.stride << ','
              << name << ',' << static_cast<int64_t>(best[name] + 0.5) << '\n';
  }
}

int Main(int argc, char** argv) {
  const int rounds = argc == 2 ? std::atoi(argv[1]) : 0;
  if (rounds < 1) {
    std::cerr << "usage: adze-kernel-costs ROUNDS < layers > times\n";
    return 2;
  }
  std::string line;
  while (std::getline(std::cin, line)) {
    LayerShape s;
    if (!(std::istringstream(line) >> s.op >> s.height >> s.width >> s.c_in >> s.c_out >> s.kernel >> s.stride)) {
      std::cerr << "not a layer: " << line << '\n';
      return 3;
    }
    TimeLayer(s, rounds);
  }
  return std::cout.good() ? 0 : 1;
}

}  // namespace
}  // namespace adze::parity

int main(int argc, char** argv) { return adze::parity::Main(argc, argv); }
