// SPDX-License-Identifier: Apache-2.0
// cast: y = x in another dtype, the same shape. No params. The dtypes are those of the tensors. Rows: between all of float32, int32, int64, int8,
// uint8 and bool; float16 and bfloat16 to and from float32; float64 to and from float32, int32 and int64, and to bool; int16 and uint16 to and from
// float32 and int32; uint32 and uint64 to and from float32 and int64.
// To a float: the nearest one, ties to even. From float to an integer: cut towards 0, the ends of the range for what lies beyond them, 0 for NaN.
// Between integers: the low bits. To bool: everything but 0 is true, NaN too.
//
// key: types {x, y}; the common ones
#pragma once
