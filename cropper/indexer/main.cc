// SPDX-License-Identifier: Apache-2.0
// adze-indexer: makes the committed index, or proves that it is fresh.
#include <CLI/CLI.hpp>

#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>
#include <thread>

#include "cropper/indexer/build_index.h"
#include "cropper/indexer/cover.h"
#include "cropper/indexer/row_checks.h"

namespace adze::indexer {
namespace {

constexpr int kCheckFailed = 4;

struct Result {
  std::vector<index::Index> indexes;
  std::vector<ExcessEdge> excess;
  std::vector<std::string> findings;
};

void Append(const std::vector<std::string>& from, std::vector<std::string>* to) { to->insert(to->end(), from.begin(), from.end()); }

Result BuildAll(const BuildOptions& options, bool progress) {
  Result result;
  result.findings = UnselectableRows(Catalog());
  for (const Target& target : Targets()) {
    if (progress) std::cerr << target.arch << ": compiling...\n";
    const std::vector<CompiledUnit> units = CompileUnits(options, target);
    result.indexes.push_back(JoinUnits(target, units, &result.findings));
    Append(MisnamedRows(Catalog(), result.indexes.back()), &result.findings);
    if (progress) std::cerr << target.arch << ": parsing " << units.size() << " units...\n";
    const std::vector<ExcessEdge> excess = CheckCover(options, target, units, Catalog(), &result.findings);
    result.excess.insert(result.excess.end(), excess.begin(), excess.end());
  }
  return result;
}

std::string ReadText(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

void WriteText(const std::string& path, const std::string& text) {
  std::ofstream file(path, std::ios::binary);
  file << text;
  if (!file.flush()) throw std::runtime_error(path + ": cannot be written");
}

std::string DataPath(const BuildOptions& options, const std::string& name) {
  return options.root + "/cropper/index/data/" + name + ".json";
}

void Write(const BuildOptions& options, const Result& result) {
  std::filesystem::create_directories(options.root + "/cropper/index/data");
  for (const index::Index& fresh : result.indexes) WriteText(DataPath(options, fresh.arch()), fresh.ToJson());
  WriteText(DataPath(options, "excess"), ExcessToJson(result.excess));
}

// What the committed files get wrong.
std::vector<std::string> Stale(const BuildOptions& options, const Result& result) {
  std::vector<std::string> stale;
  for (const index::Index& fresh : result.indexes) {
    try {
      Append(Differences(index::LoadIndex(options.root, fresh.arch()), fresh), &stale);
    } catch (const std::exception& e) {
      stale.push_back(e.what());
    }
  }
  if (ReadText(DataPath(options, "excess")) != ExcessToJson(result.excess)) stale.push_back(DataPath(options, "excess") + ": differs");
  return stale;
}

int Run(const BuildOptions& options, bool check) {
  const Result result = BuildAll(options, true);
  std::vector<std::string> wrong = result.findings;
  if (check) Append(Stale(options, result), &wrong);
  for (const std::string& line : wrong) std::cerr << line << "\n";
  if (!result.findings.empty()) return kCheckFailed;
  if (check && !wrong.empty()) {
    std::cerr << "the index is stale: run adze-indexer and commit cropper/index/data\n";
    return kCheckFailed;
  }
  if (!check) Write(options, result);
  for (const index::Index& fresh : result.indexes) std::cout << fresh.arch() << ": " << fresh.units().size() << " units\n";
  std::cout << result.excess.size() << " excess edges, " << Catalog().size() << " rows" << (check ? ", fresh\n" : ", written\n");
  return 0;
}

}  // namespace
}  // namespace adze::indexer

// What is outside of the handler throws only if an option is declared wrongly: then every start fails.
// NOLINTNEXTLINE(bugprone-exception-escape)
int main(int argc, char** argv) {
  CLI::App app{"Makes cropper/index/data from the objects that ship, for every architecture.\nExample: adze-indexer --check"};
  adze::indexer::BuildOptions options;
  bool check = false;
  options.jobs = static_cast<int>(std::max(1u, std::thread::hardware_concurrency()));
  options.root = ADZE_SOURCE_DIR;
  options.generated = ADZE_BINARY_DIR "/generated";
  options.objects = ADZE_BINARY_DIR "/index-objects";
  app.add_option("--root", options.root, "Source tree; default: the one that this program was built from")->check(CLI::ExistingDirectory);
  app.add_option("--generated", options.generated, "Folder of generated headers; default: <build>/generated")
      ->check(CLI::ExistingDirectory);
  app.add_option("--objects", options.objects, "Folder for objects; default: <build>/index-objects");
  app.add_option("--jobs", options.jobs, "Units compiled at once")->check(CLI::Range(1, 256));
  app.add_flag("--check", check, "Compare with the committed index, write nothing; exit code 4 if it is stale");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& e) {
    return app.exit(e) == 0 ? 0 : 2;
  }
  try {
    for (std::string* path : {&options.root, &options.generated, &options.objects})
      *path = std::filesystem::absolute(*path).lexically_normal().string();
    while (options.root.size() > 1 && options.root.back() == '/') options.root.pop_back();
    return adze::indexer::Run(options, check);
  } catch (const std::exception& e) {
    std::cerr << "adze-indexer: " << e.what() << "\n";
    return 1;
  }
}
