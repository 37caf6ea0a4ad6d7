// SPDX-License-Identifier: Apache-2.0
// The custom ops that are supported, by name.
#include "models/import/tflite/conv_transpose.h"

namespace adze::import {

const TfliteOp* FindTfliteCustomOp(const std::string& name) {
  static const TfliteOp kOps[] = {
      {kTfliteCustom, "Convolution2DTransposeBias", Convolution2DTransposeBias},
  };
  for (const TfliteOp& op : kOps) {
    if (name == op.name) return &op;
  }
  return nullptr;
}

}  // namespace adze::import
