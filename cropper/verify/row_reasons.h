// SPDX-License-Identifier: Apache-2.0
// Why the models of a plan do not select a row.
#pragma once

#include <string>
#include <vector>

#include "cropper/plan/plan.h"
#include "kernels/catalog.h"

namespace adze::verify {

// An .adze of the plan.
struct PlannedModel {
  std::string name;
  std::string bytes;
};

// One line per kind of reason, with a node that shows it and how many more do. Never empty. Throws plan::InputError if a model is damaged.
std::vector<std::string> RowReasons(const plan::Plan& plan, const std::vector<PlannedModel>& models, const CatalogRow& row);

}  // namespace adze::verify
