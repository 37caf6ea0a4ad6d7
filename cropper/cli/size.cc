// SPDX-License-Identifier: Apache-2.0
// cropper size: where every byte went.
#include <cstdio>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>

#include "cropper/cli/command.h"
#include "cropper/cli/marginal.h"
#include "cropper/cli/planning.h"
#include "cropper/generate/files.h"
#include "cropper/page/size_page.h"
#include "cropper/size/report.h"

namespace adze::cli {
namespace size_command {
namespace {

struct Options {
  std::string source, by, size_json, compare, output, sdk, cache, format = "text";
  int jobs = 0;
  bool marginal = false;
};

size::Marginal MarginalOf(const Options& o) {
  if (!std::filesystem::is_directory(o.source)) {
    throw plan::InputError("--marginal plans the crop without each of its models, so it needs the crop's folder; " + o.source +
                           " is a file");
  }
  const bool measured = !o.size_json.empty() || !size::RecordBeside(o.source).empty();
  const size::SizeRecord record = measured ? size::LoadSizeRecord(o.source, o.size_json) : size::MeasureCrop(o.source, {});
  return MeasureMarginal(generate::FindSdk(o.sdk), o.source, record, o.cache, o.jobs);
}

std::string Page(const Options& o, const size::Marginal* marginal) {
  const size::SizeRecord record = size::LoadSizeRecord(o.source, o.size_json);
  if (o.compare.empty()) return page::SizePage(record, nullptr, marginal);
  const size::SizeRecord before = size::LoadSizeRecord(o.compare);
  return page::SizePage(record, &before, marginal);
}

std::string Text(const Options& o) {
  std::optional<size::Marginal> marginal;
  if (o.marginal) marginal = MarginalOf(o);
  if (o.format == "html") return Page(o, marginal ? &*marginal : nullptr);
  const size::Report report = size::MakeReport(o.source, o.by, o.size_json);
  if (o.format == "json") {
    nlohmann::json json = size::ReportJson(report);
    if (marginal) json["marginal"] = MarginalJson(*marginal);
    return json.dump(2) + "\n";
  }
  if (o.format == "md") return size::ReportMarkdown(report) + (marginal ? MarginalMarkdown(*marginal) : "");
  return size::ReportText(report) + (marginal ? MarginalText(*marginal) : "");
}

std::function<int()> Configure(CLI::App* app) {
  const auto o = std::make_shared<Options>();
  app->add_option("LIB|OUT", o->source, "a library (.so), an archive (.a), an object (.o), the folder of a crop, or a size.json")
      ->required();
  std::vector<std::string> keys = size::ReportKeys();
  keys.push_back("member");
  app->add_option(
         "--by", o->by,
         "row, op, dtype, level, unit, section, model, or member of an archive; default: row; member of an archive; section of an object "
         "and of a library without size.json")
      ->check(CLI::IsMember(keys));
  app->add_option("--size-json", o->size_json, "the size.json of the library; default: the one beside it or in its crop's folder");
  CLI::Option* marginal =
      app->add_flag("--marginal", o->marginal, "also what dropping each model would save: the crop is planned without it");
  app->add_option("--cache", o->cache,
                  "of --marginal: folder of the sizes of compiled units; default: $XDG_CACHE_HOME/adze or ~/.cache/adze")
      ->needs(marginal);
  app->add_option("-j,--jobs", o->jobs, "of --marginal: compilers at a time, for units that are not known; default: one per processor")
      ->check(CLI::Range(0, 1024))
      ->needs(marginal);
  AddSdkOption(app, &o->sdk);
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
