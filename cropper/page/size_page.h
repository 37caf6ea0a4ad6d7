// SPDX-License-Identifier: Apache-2.0
// The size report as one self-contained page: map and tables, drawn in the browser, no network.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "cropper/size/marginal.h"
#include "cropper/size/size_record.h"

namespace adze::page {

// What the page draws: the reports by every key, and what each entry is made of. `before`: an earlier crop to compare with, or null;
// `marginal`: what dropping each model saves, or null.
nlohmann::json PageData(const size::SizeRecord& record, const size::SizeRecord* before, const size::Marginal* marginal = nullptr);

// JSON that may stand in a script element of an HTML page whatever the strings hold: ASCII, without <, > and &.
std::string ScriptSafe(const nlohmann::json& json);

// The whole page. The same record gives the same bytes.
std::string SizePage(const size::SizeRecord& record, const size::SizeRecord* before, const size::Marginal* marginal = nullptr);

}  // namespace adze::page
