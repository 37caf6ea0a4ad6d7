// SPDX-License-Identifier: Apache-2.0
// cropper size: where every byte went.
#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>

#include "cropper/cli/command.h"
#include "cropper/generate/files.h"
#include "cropper/page/size_page.h"
#include "cropper/size/report.h"

namespace adze::cli {
namespace size_command {
namespace {

struct Options {
  std::string source, by, size_json, compare, output, format = "text";
};

std::string Page(const Options& o) {
  const size::SizeRecord record = size::LoadSizeRecord(o.source, o.size_json);
  if (o.compare.empty()) return page::SizePage(record, nullptr);
  const size::SizeRecord before = size::LoadSizeRecord(o.compare);
  return page::SizePage(record, &before);
}

std::string Text(const Options& o) {
  if (o.format == "html") return Page(o);
  const size::Report report = size::MakeReport(o.source, o.by, o.size_json);
  if (o.format == "json") return size::ReportJson(report).dump(2) + "\n";
  return o.format == "md" ? size::ReportMarkdown(report) : size::ReportText(report);
}

std::function<int()> Configure(CLI::App* app) {
  const auto o = std::make_shared<Options>();
  app->add_option("LIB|OUT", o->source, "a library, the folder of a crop, or a size.json")->required();
  app->add_option("--by", o->by, "row, op, dtype, level, unit, section or model; default: row, or section for a library without size.json")
      ->check(CLI::IsMember(size::ReportKeys()));
  app->add_option("--size-json", o->size_json, "the size.json of the library; default: the one beside it or in its crop's folder");
  CLI::Option* compare = app->add_option("--compare", o->compare, "an earlier size.json or crop: the page shows what changed since");
  app->add_option("-o,--output", o->output, "the file to write; default: standard output");
  app->add_option("--format", o->format, "text, json, md or html: one page with a map and all tables")
      ->check(CLI::IsMember({"text", "json", "md", "html"}));
  app->parse_complete_callback([o, compare] {
    if (compare->count() > 0 && o->format != "html") {
      throw CLI::ValidationError("--compare", "goes with --format html; `cropper check OUT --baseline FILE` compares in text");
    }
  });
  return [o] {
    const std::string text = Text(*o);
    if (o->output.empty()) {
      std::fputs(text.c_str(), stdout);
    } else {
      generate::WriteFile(o->output, text);
    }
    return static_cast<int>(kOk);
  };
}

}  // namespace
}  // namespace size_command

const Command kSize = {"size", "Say where every byte of a library went", "cropper size out --by op --format md", size_command::Configure};

}  // namespace adze::cli
