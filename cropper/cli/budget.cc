// SPDX-License-Identifier: Apache-2.0
// Reading a budget.
#include "cropper/cli/budget.h"

#include <CLI/CLI.hpp>

namespace adze::cli {

check::Limit BudgetOf(const std::string& text, const std::vector<check::Metric>& metrics) {
  check::Limit limit;
  limit.origin = "--budget";
  const size_t equals = text.find('=');
  if (equals == std::string::npos) {
    if (metrics.size() > 1) throw CLI::ValidationError("--budget", "'" + text + "' could be of each --metric; write one as alloc=" + text);
    limit.metric = metrics[0];
  } else if (!check::MetricFromName(text.substr(0, equals), &limit.metric)) {
    throw CLI::ValidationError("--budget", "no metric '" + text.substr(0, equals) + "'; alloc, file, compressed and ram are");
  }
  try {
    limit.bytes = check::ParseAmount(equals == std::string::npos ? text : text.substr(equals + 1));
  } catch (const plan::InputError& e) {
    throw CLI::ValidationError("--budget", e.what());
  }
  return limit;
}

}  // namespace adze::cli
