// SPDX-License-Identifier: Apache-2.0
// cropper audit: bytes that a library need not ship.
#include "cropper/verify/audit.h"

#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>

#include "cropper/cli/command.h"

namespace adze::cli {
namespace audit_command {
namespace {

struct Options {
  std::vector<std::string> sources;
  std::string sdk, format = "text";
};

std::function<int()> Configure(CLI::App* app) {
  const auto o = std::make_shared<Options>();
  app->add_option("LIB|OUT", o->sources, "libraries or folders of crops; several are parts of one app: what they hold twice is found too")
      ->required();
  app->add_option("--sdk", o->sdk, "the checkout whose index says what the API is; default: the one beside this program");
  app->add_option("--format", o->format, "text, json or md")->check(CLI::IsMember({"text", "json", "md"}));
  return [o] {
    const verify::Audit audit = verify::AuditAll(generate::FindSdk(o->sdk), o->sources);
    const std::string text = o->format == "json"
                                 ? verify::AuditJson(audit).dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n"
                             : o->format == "md" ? verify::AuditMarkdown(audit)
                                                 : verify::AuditText(audit);
    std::fputs(text.c_str(), stdout);
    return static_cast<int>(audit.Defects() == 0 ? kOk : kCheckFailed);
  };
}

}  // namespace
}  // namespace audit_command

const Command kAudit = {"audit",
                        "Find what a library need not ship: exports, symbols, libraries, padding, duplicates; each with bytes and fix",
                        "cropper audit out other/libadze.so", audit_command::Configure};

}  // namespace adze::cli
