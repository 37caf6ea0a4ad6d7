// SPDX-License-Identifier: Apache-2.0
// Winograd's F(4 x 4, 3 x 3): 4 x 4 outputs of a 3 x 3 convolution of stride 1 from 36 products a channel instead of 144.
//
//   y = At [ sum over c of (G g_c Gt) * (Bt d_c B) ] A        d: a patch of 6 x 6 inputs, g: 3 x 3 weights, *: element by element
//
// The polynomials are taken at 0, a, -a, b, -b and infinity, a = 5/8, b = 3/2. Every entry of Bt and At is then exact in float32. Over 64
// channels of random numbers the root mean square error is 1.8 times that of a direct float32 sum (tested: below 3); at the textbook's points
// 0, 1, -1, 2, -2 it would be 4 times. Bound: (C + 30) 2^-24 times the same formula over magnitudes (conv2d_winograd_parity_test.cc).
// A NaN or infinity in a patch makes NaN of outputs of its tile that a direct convolution may leave alone.
#pragma once

namespace adze {

inline constexpr int kWinogradOut = 4;  // outputs of a tile, each way
inline constexpr int kWinogradIn = 6;   // inputs of its patch, each way
inline constexpr int kWinogradPositions = 36;

inline constexpr float kWinogradA = 0.625f, kWinogradB = 1.5f;
inline constexpr float kWinogradA2 = kWinogradA * kWinogradA, kWinogradB2 = kWinogradB * kWinogradB;
inline constexpr float kWinogradA3 = kWinogradA2 * kWinogradA, kWinogradB3 = kWinogradB2 * kWinogradB;
inline constexpr float kWinogradSum = kWinogradA2 + kWinogradB2, kWinogradProduct = kWinogradA2 * kWinogradB2;

inline constexpr float kWinogradBt[6][6] = {
    {kWinogradProduct, 0, -kWinogradSum, 0, 1, 0},
    {0, -kWinogradA* kWinogradB2, -kWinogradB2, kWinogradA, 1, 0},
    {0, kWinogradA* kWinogradB2, -kWinogradB2, -kWinogradA, 1, 0},
    {0, -kWinogradA2* kWinogradB, -kWinogradA2, kWinogradB, 1, 0},
    {0, kWinogradA2* kWinogradB, -kWinogradA2, -kWinogradB, 1, 0},
    {0, kWinogradProduct, 0, -kWinogradSum, 0, 1},
};

inline constexpr float kWinogradAt[4][6] = {
    {1, 1, 1, 1, 1, 0},
    {0, kWinogradA, -kWinogradA, kWinogradB, -kWinogradB, 0},
    {0, kWinogradA2, kWinogradA2, kWinogradB2, kWinogradB2, 0},
    {0, kWinogradA3, -kWinogradA3, kWinogradB3, -kWinogradB3, 1},
};

// Rows of G: (1, p, p^2) over the product of p's distances from the other points.
inline constexpr double kWinogradNormA = 2.0 * kWinogradA2 * (kWinogradA2 - kWinogradB2);
inline constexpr double kWinogradNormB = 2.0 * kWinogradB2 * (kWinogradB2 - kWinogradA2);
inline constexpr double kWinogradG[6][3] = {
    {1.0 / kWinogradProduct, 0, 0},
    {1 / kWinogradNormA, kWinogradA / kWinogradNormA, kWinogradA2 / kWinogradNormA},
    {1 / kWinogradNormA, -kWinogradA / kWinogradNormA, kWinogradA2 / kWinogradNormA},
    {1 / kWinogradNormB, kWinogradB / kWinogradNormB, kWinogradB2 / kWinogradNormB},
    {1 / kWinogradNormB, -kWinogradB / kWinogradNormB, kWinogradB2 / kWinogradNormB},
    {0, 0, 1},
};

}  // namespace adze
