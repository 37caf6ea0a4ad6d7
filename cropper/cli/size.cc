// SPDX-License-Identifier: Apache-2.0
// cropper size: where every byte went.
#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>

#include "cropper/cli/command.h"
#include "cropper/size/report.h"

namespace adze::cli {
namespace {

struct Options {
  std::string source, by, size_json, format = "text";
};

std::function<int()> Configure(CLI::App* app) {
  const auto o = std::make_shared<Options>();
  app->add_option("LIB|OUT", o->source, "a library, the folder of a crop, or a size.json")->required();
  app->add_option("--by", o->by, "row, op, dtype, level, unit, section or model; default: row, or section for a library without size.json")
      ->check(CLI::IsMember(size::ReportKeys()));
  app->add_option("--size-json", o->size_json, "the size.json of the library; default: the one beside it or in its crop's folder");
  app->add_option("--format", o->format, "text, json or md")->check(CLI::IsMember({"text", "json", "md"}));
  return [o] {
    const size::Report report = size::MakeReport(o->source, o->by, o->size_json);
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
