// SPDX-License-Identifier: Apache-2.0
// The objects behind the rows of the elementwise, movement, pool, softmax, resize and cast families, for their parity tests.
#pragma once

#include <map>
#include <string>

#include "kernels/contract/elementwise.h"
#include "kernels/contract/kernel.h"
#include "op-registry/core/op.h"

namespace adze {

extern "C" {
extern const OpDef adze_op_add;
extern const OpDef adze_op_cast;
extern const OpDef adze_op_clamp;
extern const OpDef adze_op_concat;
extern const OpDef adze_op_mul;
extern const OpDef adze_op_pad;
extern const OpDef adze_op_pool2d;
extern const OpDef adze_op_reshape;
extern const OpDef adze_op_resize_nearest;
extern const OpDef adze_op_sigmoid;
extern const OpDef adze_op_slice;
extern const OpDef adze_op_softmax;
extern const OpDef adze_op_transpose;
extern const Kernel adze_add_f32__any;
extern const Kernel adze_add_f32__reference;
extern const BinaryF32Ukernel adze_add_f32__scalar;
extern const Kernel adze_cast_f16_f32__reference;
extern const Kernel adze_cast_f16_f32__scalar;
extern const Kernel adze_cast_f32_f16__reference;
extern const Kernel adze_cast_f32_f16__scalar;
extern const Kernel adze_clamp_f32__any;
extern const Kernel adze_clamp_f32__reference;
extern const UnaryF32Ukernel adze_clamp_f32__scalar;
extern const Kernel adze_concat_any__any;
extern const Kernel adze_concat_any__reference;
extern const BinaryF32Ukernel adze_max_f32__scalar;
extern const Kernel adze_mul_f32__any;
extern const Kernel adze_mul_f32__reference;
extern const BinaryF32Ukernel adze_mul_f32__scalar;
extern const Kernel adze_pad_any__any;
extern const Kernel adze_pad_any__reference;
extern const Kernel adze_pool2d_f32__any_average;
extern const Kernel adze_pool2d_f32__any_max;
extern const Kernel adze_pool2d_f32__reference;
extern const Kernel adze_reshape_any__any;
extern const Kernel adze_reshape_any__reference;
extern const Kernel adze_resize_nearest_any__any;
extern const Kernel adze_resize_nearest_any__reference;
extern const Kernel adze_sigmoid_f32__any;
extern const Kernel adze_sigmoid_f32__reference;
extern const UnaryF32Ukernel adze_sigmoid_f32__scalar;
extern const Kernel adze_slice_any__any;
extern const Kernel adze_slice_any__reference;
extern const Kernel adze_softmax_f32__any;
extern const Kernel adze_softmax_f32__reference;
extern const Kernel adze_transpose_any__any;
extern const Kernel adze_transpose_any__reference;
#if defined(__x86_64__)
extern const BinaryF32Ukernel adze_add_f32__avx2;
extern const BinaryF32Ukernel adze_add_f32__avx512;
extern const Kernel adze_cast_f16_f32__avx2;
extern const Kernel adze_cast_f32_f16__avx2;
extern const UnaryF32Ukernel adze_clamp_f32__avx2;
extern const UnaryF32Ukernel adze_clamp_f32__avx512;
extern const BinaryF32Ukernel adze_max_f32__avx2;
extern const BinaryF32Ukernel adze_max_f32__avx512;
extern const BinaryF32Ukernel adze_mul_f32__avx2;
extern const BinaryF32Ukernel adze_mul_f32__avx512;
#elif defined(__aarch64__)
extern const BinaryF32Ukernel adze_add_f32__neon;
extern const Kernel adze_cast_f16_f32__neon;
extern const Kernel adze_cast_f32_f16__neon;
extern const UnaryF32Ukernel adze_clamp_f32__neon;
extern const BinaryF32Ukernel adze_max_f32__neon;
extern const BinaryF32Ukernel adze_mul_f32__neon;
#endif
}

namespace parity {

// By row name, without the prefix "adze_". Rows of other architectures are not in it.
inline const std::map<std::string, const void*>& StreamingSymbols() {
  static const std::map<std::string, const void*> symbols = {
    {"op_add", &adze_op_add},
    {"op_cast", &adze_op_cast},
    {"op_clamp", &adze_op_clamp},
    {"op_concat", &adze_op_concat},
    {"op_mul", &adze_op_mul},
    {"op_pad", &adze_op_pad},
    {"op_pool2d", &adze_op_pool2d},
    {"op_reshape", &adze_op_reshape},
    {"op_resize_nearest", &adze_op_resize_nearest},
    {"op_sigmoid", &adze_op_sigmoid},
    {"op_slice", &adze_op_slice},
    {"op_softmax", &adze_op_softmax},
    {"op_transpose", &adze_op_transpose},
    {"add_f32__any", &adze_add_f32__any},
    {"add_f32__reference", &adze_add_f32__reference},
    {"add_f32__scalar", &adze_add_f32__scalar},
    {"cast_f16_f32__reference", &adze_cast_f16_f32__reference},
    {"cast_f16_f32__scalar", &adze_cast_f16_f32__scalar},
    {"cast_f32_f16__reference", &adze_cast_f32_f16__reference},
    {"cast_f32_f16__scalar", &adze_cast_f32_f16__scalar},
    {"clamp_f32__any", &adze_clamp_f32__any},
    {"clamp_f32__reference", &adze_clamp_f32__reference},
    {"clamp_f32__scalar", &adze_clamp_f32__scalar},
    {"concat_any__any", &adze_concat_any__any},
    {"concat_any__reference", &adze_concat_any__reference},
    {"max_f32__scalar", &adze_max_f32__scalar},
    {"mul_f32__any", &adze_mul_f32__any},
    {"mul_f32__reference", &adze_mul_f32__reference},
    {"mul_f32__scalar", &adze_mul_f32__scalar},
    {"pad_any__any", &adze_pad_any__any},
    {"pad_any__reference", &adze_pad_any__reference},
    {"pool2d_f32__any_average", &adze_pool2d_f32__any_average},
    {"pool2d_f32__any_max", &adze_pool2d_f32__any_max},
    {"pool2d_f32__reference", &adze_pool2d_f32__reference},
    {"reshape_any__any", &adze_reshape_any__any},
    {"reshape_any__reference", &adze_reshape_any__reference},
    {"resize_nearest_any__any", &adze_resize_nearest_any__any},
    {"resize_nearest_any__reference", &adze_resize_nearest_any__reference},
    {"sigmoid_f32__any", &adze_sigmoid_f32__any},
    {"sigmoid_f32__reference", &adze_sigmoid_f32__reference},
    {"sigmoid_f32__scalar", &adze_sigmoid_f32__scalar},
    {"slice_any__any", &adze_slice_any__any},
    {"slice_any__reference", &adze_slice_any__reference},
    {"softmax_f32__any", &adze_softmax_f32__any},
    {"softmax_f32__reference", &adze_softmax_f32__reference},
    {"transpose_any__any", &adze_transpose_any__any},
    {"transpose_any__reference", &adze_transpose_any__reference},
#if defined(__x86_64__)
    {"add_f32__avx2", &adze_add_f32__avx2},
    {"add_f32__avx512", &adze_add_f32__avx512},
    {"cast_f16_f32__avx2", &adze_cast_f16_f32__avx2},
    {"cast_f32_f16__avx2", &adze_cast_f32_f16__avx2},
    {"clamp_f32__avx2", &adze_clamp_f32__avx2},
    {"clamp_f32__avx512", &adze_clamp_f32__avx512},
    {"max_f32__avx2", &adze_max_f32__avx2},
    {"max_f32__avx512", &adze_max_f32__avx512},
    {"mul_f32__avx2", &adze_mul_f32__avx2},
    {"mul_f32__avx512", &adze_mul_f32__avx512},
#elif defined(__aarch64__)
    {"add_f32__neon", &adze_add_f32__neon},
    {"cast_f16_f32__neon", &adze_cast_f16_f32__neon},
    {"cast_f32_f16__neon", &adze_cast_f32_f16__neon},
    {"clamp_f32__neon", &adze_clamp_f32__neon},
    {"max_f32__neon", &adze_max_f32__neon},
    {"mul_f32__neon", &adze_mul_f32__neon},
#endif
  };
  return symbols;
}

}  // namespace parity
}  // namespace adze
