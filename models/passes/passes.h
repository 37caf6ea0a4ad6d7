// SPDX-License-Identifier: Apache-2.0
// Every pass: what it changes, and what it leaves alone. Each is a pure function on the graph and lives in the file of its name.
#pragma once

#include "models/graph/graph.h"

namespace adze::passes {

// Takes out nodes that change nothing (identity reshape, cast, clamp, pad, slice, transpose, concat of one) and joins reshapes of reshapes.
void RemoveNoops(graph::Graph* g);

// Evaluates nodes all of whose inputs are constants.
void FoldConstants(graph::Graph* g);

// x times its hard sigmoid, written out, becomes one op.
void FuseHardSwish(graph::Graph* g);

// The mean, centring, deviation, scale and shift over the last dim become one layer_norm.
void FuseLayerNorm(graph::Graph* g);

// x / 2 (1 + erf(x / sqrt 2)), written out, becomes one op.
void FuseGelu(graph::Graph* g);

// Moves transposes towards their inverses until they cancel; kept only if fewer bytes are transposed than before. A transpose that moves
// only dims of 1 becomes a reshape.
void SinkTransposes(graph::Graph* g);

// A transpose whose only effect is the order of a fully connected layer's columns moves into its constant weights.
void FoldFlattenTranspose(graph::Graph* g);

// Zero padding of H and W ahead of a convolution, and what a pooling can express, becomes the window's own padding.
void FusePadding(graph::Graph* g);

// A per-channel mul or add with constants after a convolution or fully connected layer moves into weights and bias.
void FoldBatchNorm(graph::Graph* g);

// A clamp moves into the op that makes its input.
void FuseActivation(graph::Graph* g);

// What surrounds the products of attention: a scale before a softmax becomes its beta, a transpose that brings the heads of a product inside
// becomes a property of the product.
void FuseAttention(graph::Graph* g);

// convolution + add of an equally shaped tensor becomes a convolution with a residual.
void FuseResidual(graph::Graph* g);

// A transposed convolution becomes ordinary ones whose outputs interleave.
void SplitConvTranspose(graph::Graph* g);

// A convolution with too many kernel positions for the drivers becomes a chain of smaller ones.
void SplitLargeKernels(graph::Graph* g);

// Graph outputs that are graph inputs or constants get a copy of their own.
void CopyOutputs(graph::Graph* g);

// Takes out nodes nobody needs and values nobody names; graph inputs stay.
void RemoveDead(graph::Graph* g);

// A reshape becomes a view of its input's bytes.
void ViewReshapes(graph::Graph* g);

// A transpose all of whose readers take strides becomes a strided view: convolutions of few channels read NCHW directly.
void ViewTransposes(graph::Graph* g);

// A slice becomes a view of its input where no node that reads it then needs another row.
void ViewSlices(graph::Graph* g);

// The nodes that make a concatenation's inputs write them into its output, where none of them then needs another row and no more memory is live
// at once. Inputs that have to stay where they are get copied.
void ViewConcats(graph::Graph* g);

// Pixels that a depthwise convolution reads get a gap where their distance is bad for the cache.
void PadPixels(graph::Graph* g);

// Only where speed is asked for: 3 x 3 convolutions of stride 1 that gain by it get Winograd's weights, which are four times as large.
void PackWinograd(graph::Graph* g);

// Constant weights go into the panels that kernels use in place; biases become present and padded.
void PackWeights(graph::Graph* g);

// Gives every value and every scratch its place in the arena.
void PlanMemory(graph::Graph* g);

}  // namespace adze::passes
