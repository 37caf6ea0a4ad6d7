// SPDX-License-Identifier: Apache-2.0
// cropper size: where every byte went.
#include <cstdio>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>

#include "cropper/cli/command.h"
#include "cropper/size/report.h"

namespace adze::cli {
namespace {

struct Options {
  std::string source, by, format = "text";
};

std::function<int()> Configure(CLI::App* app) {
  const auto o = std::make_shared<Options>();
  app->add_option("LIB|OUT", o->source, "a library, or the folder of a crop")->required();
  app->add_option("--by", o->by, "row, op, dtype, level, unit, section or model; default: row for a folder, section for a library")
      ->check(CLI::IsMember(size::ReportKeys()));
  app->add_option("--format", o->format, "text, json or md")->check(CLI::IsMember({"text", "json", "md"}));
  return [o] {
    const std::string by = !o->by.empty() ? o->by : std::filesystem::is_directory(o->source) ? "row" : "section";
    const size::Report report = size::MakeReport(o->source, by);
    const std::string text = o->format == "json" ? size::ReportJson(report).dump(2) + "\n"
                             : o->format == "md" ? size::ReportMarkdown(report)
                                                 : size::ReportText(report);
    std::fputs(text.c_str(), stdout);
    return static_cast<int>(kOk);
  };
}

}  // namespace

const Command kSize = {"size", "Say where every byte of a library went", "cropper size out --by op --format md", Configure};

}  // namespace adze::cli
