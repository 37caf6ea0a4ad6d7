// SPDX-License-Identifier: Apache-2.0
// cropper size --marginal: the crop without each of its models in turn.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "cropper/generate/sdk.h"
#include "cropper/size/marginal.h"
#include "cropper/size/size_record.h"

namespace adze::cli {

// `out` is the folder of a crop, `record` what it weighs; `cache` and `jobs` as for size::Forecaster. Throws plan::InputError where the crop's models
// or its sources are not there any more.
size::Marginal MeasureMarginal(const generate::Sdk& sdk, const std::string& out, const size::SizeRecord& record, const std::string& cache,
                               int jobs);

std::string MarginalText(const size::Marginal& marginal);
std::string MarginalMarkdown(const size::Marginal& marginal);
nlohmann::json MarginalJson(const size::Marginal& marginal);

}  // namespace adze::cli
