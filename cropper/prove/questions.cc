// SPDX-License-Identifier: Apache-2.0
// Asking adze-run.
#include "cropper/prove/questions.h"

#include <filesystem>
#include <map>
#include <sstream>

#include "cropper/generate/files.h"
#include "cropper/generate/generate.h"
#include "cropper/generate/process.h"
#include "cropper/generate/sha256.h"
#include "cropper/plan/open_model.h"
#include "cropper/verify/verify.h"

namespace adze::prove {
namespace {

namespace fs = std::filesystem;

constexpr char kNoLevel[] = "none-such";

Answer RunHarness(const plan::Profile& profile, const std::string& harness, const std::vector<std::string>& args) {
  std::vector<std::string> argv = profile.emulator;
  argv.push_back(harness);
  argv.insert(argv.end(), args.begin(), args.end());
  const generate::ProcessResult r = generate::RunProcess(argv);
  return {r.exit_code, r.output};
}

std::string FirstLine(const std::string& text) {
  std::istringstream lines(text);
  std::string first, second;
  std::getline(lines, first);
  std::getline(lines, second);
  const size_t prefix = first.find(".adze: ");
  if (prefix != std::string::npos) first.erase(0, prefix + 7);  // the path says nothing here
  return second.compare(0, 2, "  ") == 0 ? first + ":" + second.substr(1) : first;
}

}  // namespace

void RequireModels(const std::string& out) {
  const plan::Plan plan = generate::ReadPlanOf(out);
  if (plan.models.empty()) {
    throw plan::InputError(out + " lists no models, so that nothing can be seen of what it lacks; prove a crop of models");
  }
  for (const plan::PlanModel& m : plan.models) {
    if (!fs::exists(out + "/models/" + m.name)) {
      throw plan::InputError(out + " lacks models/" + m.name + ", which its plan lists; generate it with --models, or crop again");
    }
  }
}

std::vector<Question> QuestionsOf(const plan::Plan& plan, const std::string& out) {
  std::vector<Question> questions;
  for (const plan::PlanModel& m : plan.models) {
    const std::string path = out + "/models/" + m.name;
    for (const plan::ShapeArguments& shape : plan::ShapesToAskFor(generate::ReadFile(path), m.name)) {
      for (const Level level : plan.levels) {
        const std::string name = LevelName(level), with = shape.empty() ? "" : " with " + shape.back();
        Question question = {m.name,
                             name,
                             m.name + with + " at " + name,
                             {path, "--list", "--trace", "-", "--level", name},
                             verify::RunsHere(plan.profile, level)};
        question.args.insert(question.args.end(), shape.begin(), shape.end());
        questions.push_back(std::move(question));
      }
    }
  }
  if (plan.models.empty()) return questions;
  const std::string first = out + "/models/" + plan.models.front().name;
  questions.push_back({"", "", "a level that it has not", {first, "--list", "--level", kNoLevel}, true});
  questions.push_back({"", "", "two threads", {first, "--list", "--threads", "2"}, true});
  return questions;
}

Answer Ask(const plan::Profile& profile, const std::string& harness, const Question& question) {
  return RunHarness(profile, harness, question.args);
}

Answer AskForBits(const plan::Profile& profile, const std::string& harness, const Question& question, const std::string& directory) {
  fs::remove_all(directory);
  fs::create_directories(directory);
  std::vector<std::string> args;
  for (const std::string& a : question.args) {
    if (a != "--list") args.push_back(a);
  }
  args.insert(args.end(), {"--lo", "-1", "--hi", "1", "--output-dir", directory});
  Answer answer = RunHarness(profile, harness, args);
  std::map<std::string, std::string> hashes;
  for (const fs::directory_entry& e : fs::directory_iterator(directory)) {
    hashes[e.path().filename().string()] = generate::Sha256Hex(generate::ReadFile(e.path().string()));
  }
  for (const auto& [name, hash] : hashes) answer.text += name + " " + hash + "\n";
  return answer;
}

std::string Difference(const Answer& with, const Answer& without) {
  if (with.exit_code == without.exit_code && with.text == without.text) return "";
  if (with.exit_code == 0 && without.exit_code != 0) return "refused: " + FirstLine(without.text);
  std::istringstream a(with.text), b(without.text);
  std::string line_a, line_b;
  for (bool more_a = true, more_b = true; more_a || more_b;) {
    more_a = static_cast<bool>(std::getline(a, line_a));
    more_b = static_cast<bool>(std::getline(b, line_b));
    if (!more_a) line_a.clear();
    if (!more_b) line_b.clear();
    if (line_a != line_b) break;
  }
  for (std::string* line : {&line_a, &line_b}) {
    for (char& c : *line) c = c == '\t' ? ' ' : c;
  }
  return "'" + FirstLine(line_a) + "' becomes '" + FirstLine(line_b) + "'";
}

}  // namespace adze::prove
