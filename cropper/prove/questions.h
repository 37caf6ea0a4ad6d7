// SPDX-License-Identifier: Apache-2.0
// What can be seen of a crop from outside: whether it takes each listed model at each level, by which rows, and what it says to a caller's mistakes.
#pragma once

#include <string>
#include <vector>

#include "cropper/plan/plan.h"

namespace adze::prove {

struct Question {
  std::string model;              // file name in models/
  std::string level;              // empty: a caller's mistake
  std::string words;              // "digits.adze at avx2", "two threads"
  std::vector<std::string> args;  // of adze-run, the model's path first
  bool runs_here = true;          // false: the level is told by selection over the rows alone
};

struct Answer {
  int exit_code = 0;
  std::string text;
};

// Throws plan::InputError if the folder lists no models or lacks one of them.
void RequireModels(const std::string& out);

// Every model at every level, then what features give.
std::vector<Question> QuestionsOf(const plan::Plan& plan, const std::string& out);

// Asks a harness. Nothing is computed: sessions are made and traced.
Answer Ask(const plan::Profile& profile, const std::string& harness, const Question& question);

// Runs the model of the question too; the answer's text holds its outputs' hash. `directory` is emptied.
Answer AskForBits(const plan::Profile& profile, const std::string& harness, const Question& question, const std::string& directory);

// How `without` differs from `with`, in one line; "" if it does not.
std::string Difference(const Answer& with, const Answer& without);

}  // namespace adze::prove
