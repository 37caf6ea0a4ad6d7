// SPDX-License-Identifier: Apache-2.0
// Reading model lists, all problems at once.
#include "cropper/plan/model_list.h"

#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "cropper/plan/profile.h"

namespace adze::plan {
namespace {

namespace fs = std::filesystem;

constexpr char kBlanks[] = " \t\r\f\v";

std::string Trim(const std::string& text) {
  const size_t first = text.find_first_not_of(kBlanks);
  if (first == std::string::npos) return "";
  return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

// The text of a line without its comment. A '#' begins one at the start of the line or behind a blank, outside quotes, so that a path may
// hold one.
std::string WithoutComment(const std::string& line) {
  char quote = 0;
  for (size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    const bool at_word_start = i == 0 || line[i - 1] == ' ' || line[i - 1] == '\t';
    if (quote != 0) {
      if (c == quote) quote = 0;
    } else if (at_word_start && (c == '"' || c == '\'')) {
      quote = c;
    } else if (at_word_start && c == '#') {
      return line.substr(0, i);
    }
  }
  return line;
}

// Takes the quotes off; returns what is wrong, or "".
std::string Unquote(const std::string& text, std::string* path) {
  const char quote = text[0];
  if (quote != '"' && quote != '\'') {
    *path = text;
    return "";
  }
  const size_t end = text.find(quote, 1);
  if (end == std::string::npos) return std::string("the quote ") + quote + " is not closed";
  if (end + 1 != text.size()) return "text behind the quoted path: '" + Trim(text.substr(end + 1)) + "'; write one path a line";
  if (end == 1) return "an empty path";
  *path = text.substr(1, end - 1);
  return "";
}

std::string Join(const std::vector<std::string>& findings) {
  std::string report;
  for (const std::string& finding : findings) report += (report.empty() ? "" : "\n") + finding;
  return report;
}

std::string Place(const std::string& list_path, int line) { return list_path + ":" + std::to_string(line) + ": "; }

}  // namespace

std::vector<ListedModel> ParseModelList(const std::string& text, const std::string& list_path) {
  std::vector<ListedModel> models;
  std::vector<std::string> findings;
  std::map<std::string, int> line_of;
  std::vector<import::DeclaredShape> declared;  // of the last path
  bool refused = false;                         // the last path is a finding; its shapes are only read
  const fs::path folder = fs::path(list_path).parent_path();
  std::istringstream lines(text);
  std::string line;
  for (int number = 1; std::getline(lines, line); ++number) {
    if (number == 1 && line.rfind("\xef\xbb\xbf", 0) == 0) line.erase(0, 3);
    const std::string content = Trim(WithoutComment(line));
    if (content.empty()) continue;
    if (line[0] == ' ' || line[0] == '\t') {
      try {
        if (models.empty() && !refused)
          throw import::ShapeError("'" + content +
                                   "' is indented: it declares a shape, but of no model; write "
                                   "paths at the start of a line, and shapes below their path");
        declared.push_back(import::ParseShape(content));
        if (!refused) models.back().shapes = import::AllShapes(declared);
      } catch (const import::ShapeError& e) {
        findings.push_back(Place(list_path, number) + e.what());
      }
      continue;
    }
    declared.clear();
    refused = true;
    ListedModel model;
    model.line = number;
    const std::string problem = Unquote(content, &model.written);
    if (!problem.empty()) {
      findings.push_back(Place(list_path, number) + problem);
      continue;
    }
    model.path = (folder / model.written).lexically_normal().string();
    const auto [first, is_new] = line_of.emplace(model.path, number);
    if (!is_new) {
      findings.push_back(Place(list_path, number) + model.written + " is already listed in line " + std::to_string(first->second) +
                         "; remove one of them");
      continue;
    }
    models.push_back(std::move(model));
    refused = false;
  }
  if (models.empty() && findings.empty()) {
    findings.push_back(list_path + ": lists no model; write one path a line, relative to this file");
  }
  if (!findings.empty()) throw InputError(Join(findings));
  return models;
}

std::vector<ListedModel> ReadModelList(const std::string& list_path) {
  std::error_code error;
  std::ifstream file(list_path, std::ios::binary);
  if (!file || fs::is_directory(list_path, error)) {
    throw InputError(list_path + ": cannot be read; --models takes a text file with one model path a line, or model files");
  }
  std::ostringstream text;
  text << file.rdbuf();
  std::vector<ListedModel> models = ParseModelList(text.str(), list_path);
  std::vector<std::string> findings;
  for (const ListedModel& model : models) {
    if (!fs::is_regular_file(model.path, error)) {
      findings.push_back(Place(list_path, model.line) + "no file " + model.path + "; paths are relative to the list's folder");
    }
  }
  if (!findings.empty()) throw InputError(Join(findings));
  return models;
}

}  // namespace adze::plan
