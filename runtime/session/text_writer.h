// SPDX-License-Identifier: Apache-2.0
// Appending to a caller's error buffer: cuts what does not fit, counts everything.
#pragma once

#include "adze/adze.h"

namespace adze {

class TextWriter {
 public:
  // Writes nothing where `error` is null or smaller than this version's.
  explicit TextWriter(adze_error* error) : error_(error != nullptr && error->struct_size >= sizeof(adze_error) ? error : nullptr) {}

  void Put(char c) {
    if (error_ != nullptr && error_->text != nullptr && size_ + 1 < error_->capacity) error_->text[size_] = c;
    ++size_;
  }

  void Number(int64_t value) {
    // Through unsigned: the smallest int64 has no positive counterpart.
    auto rest = static_cast<uint64_t>(value);
    if (value < 0) {
      Put('-');
      rest = 0 - rest;
    }
    char digits[20];
    int n = 0;
    do digits[n++] = static_cast<char>('0' + rest % 10);
    while ((rest /= 10) != 0);
    while (n > 0) Put(digits[--n]);
  }

  // Ends the text with its zero.
  void Finish() {
    if (error_ == nullptr) return;
    if (error_->text != nullptr && error_->capacity > 0) error_->text[size_ < error_->capacity ? size_ : error_->capacity - 1] = 0;
    error_->needed = size_ + 1;
  }

 private:
  adze_error* error_;
  size_t size_ = 0;
};

}  // namespace adze
