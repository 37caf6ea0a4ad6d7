// SPDX-License-Identifier: Apache-2.0
// A Status in words: the sentences that need no manifest, so that the cropper, which has none, says the same as the device.
#pragma once

#include "models/format/reader.h"
#include "runtime/session/text_writer.h"

namespace adze {

void Append(TextWriter* text, const char* s);

// A name out of a file, in quotes. Control characters, which could forge lines of a log, become '?'.
void AppendName(TextWriter* text, const char* name);

// "node 3 'conv1' (conv2d): ". `index` must lie in the model.
void AppendNode(TextWriter* text, const format::Model& model, uint32_t index);

// "damaged file: ".
void AppendCode(TextWriter* text, Code code);

// "tensor 3 'x' is read before it is written"; `model` names tensors, null: their indices alone. Nothing for Detail::kNoLevel, whose text
// tells the levels of a library.
void AppendReason(TextWriter* text, const Status& status, const format::Model* model);

// "; copy or convert the file again", or nothing.
void AppendRemedy(TextWriter* text, Code code);

}  // namespace adze
