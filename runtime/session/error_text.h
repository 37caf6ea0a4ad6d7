// SPDX-License-Identifier: Apache-2.0
// The feature "error texts": exactly one of error_text.cc (sentences) and no_error_text.cc (numbers only) is in a build.
#pragma once

#include "adze/adze.h"
#include "runtime/session/session.h"

namespace adze {

// What the failed call was about, for the text.
enum class Subject : uint8_t { kNone = 0, kInput = 1, kOutput = 2 };

struct ErrorContext {
  const format::Model* model = nullptr;  // null: no file has been opened
  Subject subject = Subject::kNone;
  int32_t index = 0;            // of the graph input or output
  const char* level = nullptr;  // the level asked for, null: none
};

// Writes the text of `status` and returns its code. `error` may be null.
adze_status Report(const Status& status, const ErrorContext& context, adze_error* error);

// Writes what this library lacks for the session's model, all of it: the session is bound except for its rows. Returns
// ADZE_NOT_IN_CROP.
adze_status ReportMissing(const adze_session& session, int32_t nodes_concerned, adze_error* error);

}  // namespace adze
