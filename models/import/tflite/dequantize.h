// SPDX-License-Identifier: Apache-2.0
// Constants that are stored in fewer bits than they are used in.
#pragma once

#include "models/import/tflite/context.h"

namespace adze::import {

// A constant float16, int8 or uint8 tensor (with its scales) as float32; float32 is as it is. NodeError for others.
int FloatConstantOf(TfliteNode& node, int x);

}  // namespace adze::import
