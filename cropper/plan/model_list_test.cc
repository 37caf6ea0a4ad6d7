// SPDX-License-Identifier: Apache-2.0
// Model lists: comments, quotes, odd paths, and every problem in one report.
#include "cropper/plan/model_list.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "cropper/plan/profile.h"

namespace adze::plan {
namespace {

std::vector<std::string> Written(const std::string& text) {
  std::vector<std::string> written;
  for (const ListedModel& model : ParseModelList(text, "lists/m.txt")) written.push_back(model.written);
  return written;
}

std::string ReportOf(const std::string& text) {
  try {
    ParseModelList(text, "lists/m.txt");
  } catch (const InputError& e) {
    return e.what();
  }
  return "";
}

TEST(ModelList, CommentsBlanksQuotesAndOddPaths) {
  const std::string text =
      "\xef\xbb\xbf# models\n\na.onnx\nb.tflite   # with a comment\n\"with space.onnx\"\n'with "
      "\"quote\".onnx'\nsemi;colon.onnx\r\nc#1.onnx\nplain space.onnx\n"
      "\"d # e.onnx\"\nlast.onnx";
  EXPECT_EQ(Written(text), (std::vector<std::string>{"a.onnx", "b.tflite", "with space.onnx", "with \"quote\".onnx", "semi;colon.onnx",
                                                     "c#1.onnx", "plain space.onnx", "d # e.onnx", "last.onnx"}));
}

TEST(ModelList, PathsAreRelativeToTheList) {
  const auto models = ParseModelList("a.onnx\n../b.onnx\n/abs/c.onnx\n", "lists/m.txt");
  EXPECT_EQ(models[0].path, "lists/a.onnx");
  EXPECT_EQ(models[1].path, "b.onnx");
  EXPECT_EQ(models[2].path, "/abs/c.onnx");
  EXPECT_EQ(models[2].line, 3);
  EXPECT_EQ(ParseModelList("a.onnx", "m.txt")[0].path, "a.onnx");
}

TEST(ModelList, AnEmptyListSaysWhatToDo) {
  const std::string want = "lists/m.txt: lists no model; write one path a line, relative to this file";
  EXPECT_EQ(ReportOf(""), want);
  EXPECT_EQ(ReportOf("# nothing\n\n   \n"), want);
}

TEST(ModelList, AllProblemsAtOnce) {
  EXPECT_EQ(
      ReportOf("a.onnx\n  input: 1..4,224,224,3\n\"open.onnx\n'x.onnx' y\n\"\"\n./a.onnx\n"),
      "lists/m.txt:2: 'input: 1..4,224,224,3' declares no shape; write a dim of the model as batch = 1 or batch = 1..8, or a whole input "
      "as x = [1, 3, 160..640/32, 320]\n"
      "lists/m.txt:3: the quote \" is not closed\n"
      "lists/m.txt:4: text behind the quoted path: 'y'; write one path a line\n"
      "lists/m.txt:5: an empty path\n"
      "lists/m.txt:6: ./a.onnx is already listed in line 1; remove one of them");
}

TEST(ModelList, IndentedLinesDeclareShapesOfThePathAbove) {
  const std::vector<ListedModel> models =
      ParseModelList("a.onnx\n  batch = 1..2  # few\n\n\tx = [4, 8]\nb.onnx\nc.onnx\n  n = 3\n", "m.txt");
  ASSERT_EQ(models.size(), 3u);
  ASSERT_EQ(models[0].shapes.size(), 2u);
  EXPECT_EQ(models[0].shapes[1].Text(), "batch = 2, x = [4, 8]");
  ASSERT_EQ(models[1].shapes.size(), 1u);
  EXPECT_EQ(models[1].shapes[0].Text(), "");
  EXPECT_EQ(models[2].shapes[0].Text(), "n = 3");
  EXPECT_NE(ReportOf("  batch = 1\na.onnx\n").find("m.txt:1: 'batch = 1' is indented"), std::string::npos);
  EXPECT_NE(ReportOf("a.onnx\n b = 1..40\n c = 1..40\n").find("m.txt:3: the declared shapes are more than 64"), std::string::npos);
}

TEST(ModelList, MissingFilesAreAllNamed) {
  const std::filesystem::path folder = std::filesystem::path(testing::TempDir()) / "model list";
  std::filesystem::create_directories(folder);
  std::ofstream(folder / "here.onnx") << "x";
  std::ofstream(folder / "m.txt") << "here.onnx\ngone.onnx\nalso gone.onnx\n";
  const std::string list = (folder / "m.txt").string();
  try {
    ReadModelList(list);
    FAIL();
  } catch (const InputError& e) {
    EXPECT_EQ(std::string(e.what()), list + ":2: no file " + (folder / "gone.onnx").string() +
                                         "; paths are relative to the list's folder\n" + list + ":3: no file " +
                                         (folder / "also gone.onnx").string() + "; paths are relative to the list's folder");
  }
  std::ofstream(folder / "m.txt") << "here.onnx\n";
  EXPECT_EQ(ReadModelList(list).size(), 1u);
  EXPECT_THROW(ReadModelList((folder / "no.txt").string()), InputError);
  EXPECT_THROW(ReadModelList(folder.string()), InputError);
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace adze::plan
