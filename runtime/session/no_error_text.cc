// SPDX-License-Identifier: Apache-2.0
// The feature "error texts" off: a text is five numbers, "code detail node got want" (op-registry/core/status.h).
#include "runtime/session/error_text.h"
#include "runtime/session/text_writer.h"

namespace adze {

adze_status Report(const Status& status, const ErrorContext&, adze_error* error) {
  TextWriter text(error);
  const int64_t numbers[] = {static_cast<int64_t>(status.code), static_cast<int64_t>(status.detail), status.node, status.got, status.want};
  for (int i = 0; i < 5; ++i) {
    if (i != 0) text.Put(' ');
    text.Number(numbers[i]);
  }
  text.Finish();
  return static_cast<adze_status>(status.code);
}

adze_status ReportMissing(const adze_session&, int32_t nodes_concerned, adze_error* error) {
  return Report(Error(Code::kNotInCrop, Detail::kMissingRows, nodes_concerned), {}, error);
}

}  // namespace adze
