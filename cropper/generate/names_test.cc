// SPDX-License-Identifier: Apache-2.0
// Quoting and slugs: what users may call their files.
#include "cropper/generate/names.h"

#include <gtest/gtest.h>

#include "cropper/generate/process.h"

namespace adze::generate {
namespace {

TEST(CMakeQuote, EscapesWhatCMakeReads) {
  EXPECT_EQ(CMakeQuote("plain"), "\"plain\"");
  EXPECT_EQ(CMakeQuote("a;b"), "\"a\\;b\"");
  EXPECT_EQ(CMakeQuote("say \"hi\""), "\"say \\\"hi\\\"\"");
  EXPECT_EQ(CMakeQuote("${HOME}\\x"), "\"\\${HOME}\\\\x\"");
  EXPECT_EQ(CMakeQuote("two\nlines"), "\"two\\nlines\"");
}

TEST(UniqueSlug, KeepsPlainNames) {
  std::set<std::string> taken;
  EXPECT_EQ(UniqueSlug("/models/mobilenet_v1_025.tflite", &taken), "mobilenet_v1_025");
  EXPECT_EQ(UniqueSlug("MNIST-12.onnx", &taken), "mnist-12");
}

TEST(UniqueSlug, HostileNamesBecomeFileNames) {
  std::set<std::string> taken;
  EXPECT_EQ(UniqueSlug("/a b/it's \"x\"; rm $HOME.onnx", &taken), "it_s_x_rm_home");
  EXPECT_EQ(UniqueSlug("/a/..tflite", &taken), "model");
  EXPECT_EQ(UniqueSlug("/a/--help.onnx", &taken), "help");
  EXPECT_EQ(UniqueSlug("/a/\xc3\xa4.onnx", &taken), "model_2");
  EXPECT_LE(UniqueSlug(std::string(300, 'x'), &taken).size(), 60u);
}

TEST(UniqueSlug, EqualNamesStayApart) {
  std::set<std::string> taken;
  EXPECT_EQ(UniqueSlug("/a/net.onnx", &taken), "net");
  EXPECT_EQ(UniqueSlug("/b/net.tflite", &taken), "net_2");
  EXPECT_EQ(UniqueSlug("/c/Net.onnx", &taken), "net_3");
}

TEST(BuildSafePath, RefusesWhatCMakeSplits) {
  EXPECT_TRUE(BuildSafePath("/home/me/my app's/out-1.2"));
  EXPECT_FALSE(BuildSafePath("/home/a;b"));
  EXPECT_FALSE(BuildSafePath("/home/\"q\""));
  EXPECT_FALSE(BuildSafePath("/home/$x"));
}

TEST(RunProcess, PassesArgumentsUntouched) {
  const ProcessResult r = RunProcess({"printf", "%s|", "a b", "\"q\"; exit 3", "$HOME"});
  EXPECT_EQ(r.exit_code, 0);
  EXPECT_EQ(r.output, "a b|\"q\"; exit 3|$HOME|");
}

TEST(RunProcess, ReportsExitDirectoryAndEnvironment) {
  EXPECT_EQ(RunProcess({"false"}).exit_code, 1);
  EXPECT_EQ(RunProcess({"pwd"}, {"/usr", {}}).output, "/usr\n");
  EXPECT_EQ(RunProcess({"printenv", "ADZE_X"}, {"", {{"ADZE_X", "1 2"}}}).output, "1 2\n");
  EXPECT_THROW(RunProcess({"no-such-program-anywhere"}), std::runtime_error);
}

}  // namespace
}  // namespace adze::generate
