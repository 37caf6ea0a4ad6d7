// SPDX-License-Identifier: Apache-2.0
// adze-run's --shape.
#pragma once

#include <string>
#include <vector>

#include "adze/adze.h"

namespace adze::tools {

// One shape for each input: `texts` are "1,3,224,224", in order, or "NAME=1,3,224,224"; inputs without one keep theirs. A scalar is "NAME=".
// Throws std::runtime_error on a text that is none.
std::vector<adze_shape> ShapesOf(const adze_session* session, const std::vector<std::string>& texts);

// Resizes the session. ADZE_NOT_IN_CROP where the library lacks the feature.
adze_status Resize(adze_session* session, const std::vector<adze_shape>& shapes, adze_error* error);

}  // namespace adze::tools
