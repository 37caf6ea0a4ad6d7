// SPDX-License-Identifier: Apache-2.0
// Planning less, and laying it out as the linker would.
#include "cropper/cli/marginal.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "cropper/check/metric.h"
#include "cropper/cli/command.h"
#include "cropper/cli/what_if.h"
#include "cropper/size/forecast.h"

namespace adze::cli {
namespace {

int64_t Less(uint64_t with, uint64_t without) { return static_cast<int64_t>(with) - static_cast<int64_t>(without); }

// Gaps between segments may grow where the rest shrinks.
std::string Saved(int64_t bytes) { return (bytes < 0 ? "-" : "") + check::Bytes(static_cast<uint64_t>(bytes < 0 ? -bytes : bytes)); }

// Why the layout of the whole crop is not the library that was built.
std::vector<std::string> NotesOn(const size::SizeRecord& built, const size::SizeRecord& laid_out) {
  std::vector<std::string> notes;
  // A folder that was built by hand does not say by what.
  if (!built.toolchain.compiler.empty()) {
    for (const std::string& line : size::Differences(built.toolchain, laid_out.toolchain))
      notes.push_back("the library was built by another toolchain than these savings are for: " + line);
  }
  const std::string caveat = size::LinkerCaveat(laid_out.toolchain);
  if (!caveat.empty()) notes.push_back(caveat);
  if (laid_out.library.alloc != built.library.alloc || laid_out.library.file != built.library.file) {
    notes.push_back("all models together come to " + check::Bytes(laid_out.library.alloc) + " loaded, " +
                    check::Bytes(laid_out.library.file) + " in the file; the library that was built has " +
                    check::Bytes(built.library.alloc) + " and " + check::Bytes(built.library.file) +
                    ", so the savings are as inexact; crop again if this SDK is newer than the crop");
  }
  return notes;
}

}  // namespace

size::Marginal MeasureMarginal(const generate::Sdk& sdk, const std::string& out, const size::SizeRecord& record, const std::string& cache,
                               int jobs) {
  const Wanted all = WantedOf(out);
  size::Forecaster forecaster(sdk, all.profile.arch, generate::ToolsOfBuild(out + "/build", all.profile), cache, jobs, Progress);
  const size::SizeRecord whole = forecaster.Of(PlanOf(sdk, all), all.models);
  size::Marginal marginal;
  marginal.notes = NotesOn(record, whole);
  for (const size::ModelBytes& model : whole.models) {
    Wanted others = all;
    others.models.erase(std::find_if(others.models.begin(), others.models.end(), [&](const auto& m) { return m.name == model.name; }));
    const size::SizeRecord less = forecaster.Of(PlanOf(sdk, others), others.models);
    marginal.savings.push_back(
        {model.name, Less(whole.library.alloc, less.library.alloc), Less(whole.library.file, less.library.file), model.file, model.Ram()});
  }
  ProgressDone();
  return marginal;
}

std::string MarginalText(const size::Marginal& marginal) {
  std::string text = "\nwithout one of the models, the others planned anew:\n";
  for (const size::Saving& s : marginal.savings) {
    text += "  dropping " + s.model + " saves " + Saved(s.alloc) + " loaded, " + Saved(s.file) + " in the library's file; its own file " +
            check::Bytes(s.model_file) + ", memory of a session " + check::Bytes(s.ram) + "\n";
  }
  for (const std::string& note : marginal.notes) text += "  note: " + note + "\n";
  return text;
}

std::string MarginalMarkdown(const size::Marginal& marginal) {
  std::string text = "\n| dropping the model | saves, loaded | in the file | its own file | memory |\n|---|---:|---:|---:|---:|\n";
  for (const size::Saving& s : marginal.savings) {
    text += "| " + s.model + " | " + std::to_string(s.alloc) + " | " + std::to_string(s.file) + " | " + std::to_string(s.model_file) +
            " | " + std::to_string(s.ram) + " |\n";
  }
  for (const std::string& note : marginal.notes) text += "\nNote: " + note + "\n";
  return text;
}

nlohmann::json MarginalJson(const size::Marginal& marginal) {
  nlohmann::json savings = nlohmann::json::array();
  for (const size::Saving& s : marginal.savings) {
    savings.push_back(
        {{"model", s.model}, {"bytes", s.alloc}, {"file_bytes", s.file}, {"model_file_bytes", s.model_file}, {"ram_bytes", s.ram}});
  }
  return {{"savings", savings}, {"notes", marginal.notes}};
}

}  // namespace adze::cli
