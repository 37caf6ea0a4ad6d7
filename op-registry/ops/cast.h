// SPDX-License-Identifier: Apache-2.0
// cast: y = x in another dtype, the same shape. No params. The dtypes are those of the tensors: float16 <-> float32, round to nearest even.
//
// key: types {x, y}; the common ones
#pragma once
