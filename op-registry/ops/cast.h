// SPDX-License-Identifier: Apache-2.0
// cast: y = x in another dtype, the same shape. No params. The dtypes are those of the tensors; between float16 and anything but float32 there is no row.
// To a float: the nearest one, ties to even. From float to an integer: cut towards 0, the ends of the range for what lies beyond them, 0 for NaN.
// Between integers: the low bits. To bool: everything but 0 is true, NaN too.
//
// key: types {x, y}; the common ones
#pragma once
