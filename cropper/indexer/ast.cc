// SPDX-License-Identifier: Apache-2.0
// Walking a unit's syntax tree from everything its file defines through every inline function and template instance that it reaches.
#include "cropper/indexer/ast.h"

#include <clang/AST/ASTConsumer.h>
#include <clang/AST/Mangle.h>
#include <clang/AST/RecursiveASTVisitor.h>
#include <clang/Basic/FileManager.h>
#include <clang/Frontend/CompilerInstance.h>
#include <clang/Frontend/FrontendAction.h>
#include <clang/Frontend/TextDiagnosticPrinter.h>
#include <clang/Tooling/Tooling.h>

#include <filesystem>
#include <stdexcept>
#include <vector>

namespace adze::indexer {
namespace {

std::string RelativeTo(const std::string& root, const std::string& path) {
  return std::filesystem::path(path).lexically_normal().lexically_relative(std::filesystem::path(root).lexically_normal()).generic_string();
}

// Follows code from the definitions of the main file. Bodies found in headers are walked too: their references end up in this unit's
// object.
class Walker : public clang::RecursiveASTVisitor<Walker> {
 public:
  Walker(clang::ASTContext& context, const std::string& root, AstUnit* out) : context_(context), root_(root), names_(context), out_(out) {}

  bool shouldVisitTemplateInstantiations() const { return true; }
  bool shouldVisitImplicitCode() const { return true; }
  // Types and unevaluated operands refer to nothing at run time.
  bool TraverseTypeLoc(clang::TypeLoc) { return true; }
  bool TraverseUnaryExprOrTypeTraitExpr(clang::UnaryExprOrTypeTraitExpr*) { return true; }
  bool TraverseCXXNoexceptExpr(clang::CXXNoexceptExpr*) { return true; }

  bool VisitDeclRefExpr(clang::DeclRefExpr* e) { return Note(e->getDecl()); }
  bool VisitMemberExpr(clang::MemberExpr* e) { return Note(e->getMemberDecl()); }
  bool VisitCXXConstructExpr(clang::CXXConstructExpr* e) { return Note(e->getConstructor()) && NoteDestructor(e->getType()); }
  bool VisitCXXNewExpr(clang::CXXNewExpr* e) { return Note(e->getOperatorNew()) && Note(e->getOperatorDelete()); }
  bool VisitCXXDeleteExpr(clang::CXXDeleteExpr* e) { return Note(e->getOperatorDelete()) && NoteDestructor(e->getDestroyedType()); }
  bool VisitVarDecl(clang::VarDecl* d) { return NoteDestructor(d->getType()); }

  void Run() {
    AddRoots(context_.getTranslationUnitDecl());
    while (!open_.empty()) {
      const clang::Decl* decl = open_.back();
      open_.pop_back();
      if (const auto* function = llvm::dyn_cast<clang::FunctionDecl>(decl)) {
        WalkFunction(function);
      } else if (const auto* variable = llvm::dyn_cast<clang::VarDecl>(decl)) {
        if (variable->hasInit()) TraverseStmt(const_cast<clang::Expr*>(variable->getInit()));
        NoteDestructor(variable->getType());
      }
    }
  }

 private:
  void WalkFunction(const clang::FunctionDecl* function) {
    if (const auto* constructor = llvm::dyn_cast<clang::CXXConstructorDecl>(function)) {
      for (const clang::CXXCtorInitializer* init : constructor->inits()) TraverseStmt(init->getInit());
    }
    TraverseStmt(function->getBody());
  }

  void AddRoots(const clang::DeclContext* scope) {
    for (const clang::Decl* decl : scope->decls()) {
      if (const auto* inner = llvm::dyn_cast<clang::DeclContext>(decl)) {
        if (llvm::isa<clang::NamespaceDecl>(decl) || llvm::isa<clang::LinkageSpecDecl>(decl) || llvm::isa<clang::CXXRecordDecl>(decl)) {
          AddRoots(inner);
        }
      }
      if (!context_.getSourceManager().isInMainFile(context_.getSourceManager().getExpansionLoc(decl->getLocation()))) continue;
      if (decl->getDeclContext()->isDependentContext()) continue;
      if (const auto* function = llvm::dyn_cast<clang::FunctionDecl>(decl)) {
        if (function->isThisDeclarationADefinition() && !function->isDependentContext()) AddRoot(function);
      } else if (const auto* variable = llvm::dyn_cast<clang::VarDecl>(decl)) {
        if (variable->isThisDeclarationADefinition() == clang::VarDecl::Definition && variable->hasGlobalStorage()) AddRoot(variable);
      }
    }
  }

  void AddRoot(const clang::NamedDecl* decl) {
    Enqueue(decl);
    if (!decl->isExternallyVisible()) return;
    AstDefinition definition;
    definition.line = static_cast<int>(context_.getSourceManager().getExpansionLineNumber(decl->getLocation()));
    definition.type = "function";
    if (const auto* variable = llvm::dyn_cast<clang::VarDecl>(decl)) {
      const clang::QualType type = variable->getType().getCanonicalType();
      definition.is_constant = type.isConstQualified();
      definition.type = type.getUnqualifiedType().getAsString(clang::PrintingPolicy(context_.getLangOpts()));
      if (const clang::CXXRecordDecl* record = type->getAsCXXRecordDecl()) {
        definition.type = record->getQualifiedNameAsString();
        definition.type_file = RelativeTo(root_, context_.getSourceManager().getFilename(record->getLocation()).str());
      }
    }
    for (const std::string& name : Names(decl)) out_->definitions.emplace(name, definition);
  }

  std::vector<std::string> Names(const clang::NamedDecl* decl) {
    if (llvm::isa<clang::CXXConstructorDecl>(decl) || llvm::isa<clang::CXXDestructorDecl>(decl)) return names_.getAllManglings(decl);
    return {names_.getName(decl)};
  }

  void Enqueue(const clang::Decl* decl) {
    if (seen_.insert(decl).second) open_.push_back(decl);
  }

  // A declaration that code refers to: walk its definition if this unit sees one, else it is another unit's.
  bool Note(const clang::ValueDecl* decl) {
    if (decl == nullptr) return true;
    const clang::FunctionDecl* function = llvm::dyn_cast<clang::FunctionDecl>(decl);
    const clang::VarDecl* variable = llvm::dyn_cast<clang::VarDecl>(decl);
    const clang::FunctionDecl* body = nullptr;
    if (function != nullptr && function->isDefined(body)) {
      Enqueue(body);
    } else if (variable != nullptr && variable->hasGlobalStorage() && variable->getDefinition() != nullptr) {
      Enqueue(variable->getDefinition());
    } else if (function != nullptr || (variable != nullptr && variable->hasGlobalStorage())) {
      if (decl->isExternallyVisible() && !decl->getDeclContext()->isDependentContext()) {
        for (const std::string& name : Names(decl)) out_->references.insert(name);
      }
    }
    return true;
  }

  bool NoteDestructor(clang::QualType type) {
    if (type.isNull() || type->isDependentType()) return true;
    const clang::CXXRecordDecl* record = type->getBaseElementTypeUnsafe()->getAsCXXRecordDecl();
    if (record == nullptr || !record->hasDefinition() || record->hasTrivialDestructor()) return true;
    return Note(record->getDestructor());
  }

  clang::ASTContext& context_;
  const std::string& root_;
  clang::ASTNameGenerator names_;
  AstUnit* out_;
  std::vector<const clang::Decl*> open_;
  std::set<const clang::Decl*> seen_;
};

class Action : public clang::ASTFrontendAction {
 public:
  Action(const std::string& root, AstUnit* out) : root_(root), out_(out) {}

  std::unique_ptr<clang::ASTConsumer> CreateASTConsumer(clang::CompilerInstance&, llvm::StringRef) override {
    class Consumer : public clang::ASTConsumer {
     public:
      Consumer(const std::string& root, AstUnit* out) : root_(root), out_(out) {}
      void HandleTranslationUnit(clang::ASTContext& context) override { Walker(context, root_, out_).Run(); }

     private:
      const std::string& root_;
      AstUnit* out_;
    };
    return std::make_unique<Consumer>(root_, out_);
  }

 private:
  const std::string& root_;
  AstUnit* out_;
};

}  // namespace

AstUnit ParseUnit(const BuildOptions& options, const Target& target, const DeviceUnit& unit) {
  // The driver would guess these two from its own place on disk, which is the indexer's.
  std::vector<std::string> args = {
      "clang++",      "--target=" + target.arch + "-linux-gnu", "--gcc-toolchain=/usr", "-resource-dir", ADZE_CLANG_RESOURCE_DIR, "-w",
      "-fsyntax-only"};
  args.insert(args.end(), unit.flags.begin(), unit.flags.end());
  const std::vector<std::string> includes = IncludeFlags(options);
  args.insert(args.end(), includes.begin(), includes.end());
  args.push_back(options.root + "/" + unit.path);
  AstUnit out;
  std::string text;
  llvm::raw_string_ostream stream(text);
  llvm::IntrusiveRefCntPtr<clang::DiagnosticOptions> diagnostic_options(new clang::DiagnosticOptions);
  clang::TextDiagnosticPrinter printer(stream, diagnostic_options.get());
  llvm::IntrusiveRefCntPtr<clang::FileManager> files(new clang::FileManager(clang::FileSystemOptions()));
  clang::tooling::ToolInvocation invocation(args, std::make_unique<Action>(options.root, &out), files.get());
  invocation.setDiagnosticConsumer(&printer);
  if (!invocation.run()) throw std::runtime_error(target.arch + ": " + unit.path + ": clang cannot parse it:\n" + stream.str());
  return out;
}

}  // namespace adze::indexer
