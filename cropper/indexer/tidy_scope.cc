// SPDX-License-Identifier: Apache-2.0
// A plugin for clang-tidy (scripts/tidy loads it): shows the checks the declarations of our own files only. Without it every check also
// walks GoogleTest, CLI11, JSON, protobuf and LLVM, more than half of the time, for findings in system headers that nobody is shown.
// The static analyzer does not go by this scope; it keeps to the file itself.
#include <clang/AST/ASTConsumer.h>
#include <clang/AST/ASTContext.h>
#include <clang/Frontend/CompilerInstance.h>
#include <clang/Frontend/FrontendPluginRegistry.h>

namespace adze::indexer {
namespace {

class OwnDeclarations : public clang::ASTConsumer {
 public:
  void HandleTranslationUnit(clang::ASTContext& context) override {
    const clang::SourceManager& sources = context.getSourceManager();
    std::vector<clang::Decl*> own;
    for (clang::Decl* decl : context.getTranslationUnitDecl()->decls()) {
      // A test is declared where its macro stands, not where the macro is defined. What has no place is built into the compiler.
      const clang::SourceLocation place = sources.getExpansionLoc(decl->getLocation());
      if (place.isValid() && !sources.isInSystemHeader(place)) own.push_back(decl);
    }
    context.setTraversalScope(own);
  }
};

class LimitScope : public clang::PluginASTAction {
 public:
  std::unique_ptr<clang::ASTConsumer> CreateASTConsumer(clang::CompilerInstance& /*compiler*/, llvm::StringRef /*file*/) override {
    return std::make_unique<OwnDeclarations>();
  }
  bool ParseArgs(const clang::CompilerInstance& /*compiler*/, const std::vector<std::string>& /*args*/) override { return true; }
  // Before the checks, which see the scope that is set by then.
  ActionType getActionType() override { return AddBeforeMainAction; }
};

const clang::FrontendPluginRegistry::Add<LimitScope> kRegistered("adze-tidy-scope", "checks see declarations of the repository only");

}  // namespace
}  // namespace adze::indexer
