// SPDX-License-Identifier: Apache-2.0
// The command line of the cropper: the table of commands, and exceptions turned into messages and exit codes.
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <map>
#include <string>

#include "cropper/cli/command.h"
#include "cropper/generate/sdk.h"
#include "cropper/plan/profile.h"
#include "models/graph/graph.h"

namespace adze::cli {

namespace {

bool quiet = false;

bool ProgressIsSeen() { return !quiet && isatty(2) != 0; }

}  // namespace

void Progress(const std::string& what) {
  if (ProgressIsSeen()) std::fprintf(stderr, "\r\033[K%s...", what.c_str());
}

void ProgressDone() {
  if (ProgressIsSeen()) std::fprintf(stderr, "\r\033[K");
}

namespace {

constexpr const Command* kCommands[] = {&kInspect, &kConvert,  &kPlan,  &kGenerate, &kCrop, &kVerify, &kProve,
                                        &kSize,    &kForecast, &kCheck, &kAudit,    &kWhy,  &kWhyNot, &kCanRun};

int Fail(int code, const char* what) {
  ProgressDone();
  std::fprintf(stderr, "cropper: %s\n", what);
  return code;
}

// An empty path (a shell variable that was not set) would name the root or the current folder once something is joined to it.
void RefuseEmptyArguments(const CLI::App& command) {
  for (const CLI::Option* option : command.get_options()) {
    for (const std::string& value : option->results()) {
      if (value.empty()) throw CLI::ValidationError(option->get_name(), "is empty; give a value");
    }
  }
}

int Run(int argc, char** argv) {
  CLI::App app("Cuts the Adze runtime down to what the listed models need, and proves it.", "cropper");
  app.set_version_flag("--version", std::string("cropper ") + generate::CropperVersion());
  app.require_subcommand(1);
  app.footer("Exit codes: 0 ok, 1 internal error, 2 usage, 3 bad input, 4 check failed.\n`cropper COMMAND --help` has an example each.");
  std::map<CLI::App*, std::function<int()>> actions;
  for (const Command* c : kCommands) {
    CLI::App* sub = app.add_subcommand(c->name, c->summary);
    sub->footer(std::string("Example:\n  ") + c->example);
    actions[sub] = c->configure(sub);
    sub->add_flag("-q,--quiet", quiet, "no progress line on a terminal");
  }
  try {
    app.parse(argc, argv);
    RefuseEmptyArguments(*app.get_subcommands().front());
  } catch (const CLI::ParseError& e) {
    return app.exit(e) == 0 ? kOk : kUsage;
  }
  try {
    const int code = actions.at(app.get_subcommands().front())();
    ProgressDone();
    return code;
  } catch (const plan::InputError& e) {
    return Fail(kBadInput, e.what());
  } catch (const graph::ImportError& e) {
    return Fail(kBadInput, e.what());
  } catch (const std::filesystem::filesystem_error& e) {  // no permission, no space
    return Fail(kBadInput, e.what());
  } catch (const std::exception& e) {
    return Fail(kInternal, e.what());
  }
}

}  // namespace
}  // namespace adze::cli

// What is outside of Run's handlers throws only if an option is declared wrongly: then every start fails, and the tests see it.
// NOLINTNEXTLINE(bugprone-exception-escape)
int main(int argc, char** argv) { return adze::cli::Run(argc, argv); }
