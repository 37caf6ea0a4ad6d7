// SPDX-License-Identifier: Apache-2.0
// Unions of lists: order and repetition change nothing, and each model says who names it.
#include "cropper/plan/model_union.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <random>
#include <set>

#include "cropper/plan/profile.h"

namespace adze::plan {
namespace {

namespace fs = std::filesystem;

class ModelUnion : public testing::Test {
 protected:
  void SetUp() override {
    root_ = fs::path(testing::TempDir()) / ("model_union_" + std::to_string(getpid()));
    fs::remove_all(root_);
    for (const char* folder : {"models", "app", "other"}) fs::create_directories(root_ / folder);
    for (int i = 0; i < 6; ++i) Write("models/m" + std::to_string(i) + ".onnx", std::string("\x08\x07model ", 8) + std::to_string(i));
  }
  void TearDown() override { fs::remove_all(root_); }

  std::string Write(const std::string& path, const std::string& text) const {
    std::ofstream(root_ / path, std::ios::binary) << text;
    return (root_ / path).string();
  }
  std::string Path(const std::string& path) const { return (root_ / path).string(); }

  static std::string Text(const std::vector<NamedModel>& models) {
    std::string text;
    for (const NamedModel& m : models) {
      text += m.source + " at " + fs::weakly_canonical(m.path).filename().string() + " by";
      for (const std::string& name : m.named_by) text += " " + name + ",";
      text += "\n";
    }
    return text;
  }
  static std::string Report(const std::vector<std::string>& arguments) {
    try {
      UnionOfModels(arguments);
    } catch (const InputError& e) {
      return e.what();
    }
    return "";
  }

  fs::path root_;
};

TEST_F(ModelUnion, SaysWhichListsNameAModel) {
  const std::string a = Write("app/a.txt", "../models/m1.onnx\n../models/m0.onnx\n");
  const std::string b = Write("models/b.txt", "m1.onnx\nm2.onnx\n");
  EXPECT_EQ(Text(UnionOfModels({a, b, Path("models/m2.onnx")})),
            "../models/m0.onnx at m0.onnx by a.txt,\nm1.onnx at m1.onnx by a.txt, b.txt,\nm2.onnx at m2.onnx by b.txt, command line,\n");
}

TEST_F(ModelUnion, ListsOfOneNameAreToldApartByTheirFolders) {
  const std::string a = Write("app/list.txt", "../models/m1.onnx\n");
  const std::string b = Write("other/list.txt", "../models/m1.onnx\n");
  EXPECT_EQ(Text(UnionOfModels({b, a})), "../models/m1.onnx at m1.onnx by app/list.txt, other/list.txt,\n");
}

TEST_F(ModelUnion, ShapesOfAllListsAreUnited) {
  const std::string a = Write("app/a.txt", "../models/m1.onnx\n  n = 4\n  n = 1\n"),
                    b = Write("other/b.txt", "../models/m1.onnx\n  n = 1..3\n");
  const std::string none = Write("app/none.txt", "../models/m1.onnx\n");
  const auto shapes = [](const std::vector<NamedModel>& models) {
    std::string text;
    for (const import::InputShapes& shape : models.at(0).shapes) text += shape.Text() + ";";
    return text;
  };
  EXPECT_EQ(shapes(UnionOfModels({a, b})), "n = 1;n = 2;n = 3;n = 4;");
  EXPECT_EQ(shapes(UnionOfModels({b, a})), "n = 1;n = 2;n = 3;n = 4;");
  EXPECT_EQ(shapes(UnionOfModels({b, none})), ";n = 1;n = 2;n = 3;");  // one list takes the stored shape
  EXPECT_EQ(shapes(UnionOfModels({Path("models/m1.onnx"), a}, {{{{"n", 9}}, {}}})), "n = 1;n = 4;n = 9;");
  const std::string many = Write("app/many.txt", "../models/m1.onnx\n  n = 101..160\n"),
                    more = Write("app/more.txt", "../models/m1.onnx\n  n = 1..5\n");
  EXPECT_NE(Report({many, more}).find("all lists together declare 65 shapes; 64 is the most"), std::string::npos) << Report({many, more});
}

TEST_F(ModelUnion, AnyOrderAndRepetitionGiveTheSame) {
  std::mt19937 random(7);
  const auto below = [&](size_t n) { return static_cast<size_t>(random() % n); };
  int repeated = 0;
  for (int round = 0; round < 200; ++round) {
    std::vector<std::vector<std::string>> lists(1 + below(4));
    for (size_t i = 0; i < lists.size(); ++i) {
      std::vector<int> members = {0, 1, 2, 3, 4, 5};
      std::shuffle(members.begin(), members.end(), random);
      members.resize(1 + below(6));
      const bool near = below(2) == 0;  // in the models' folder or beside it: other spellings of the same paths
      for (const int m : members) lists[i].push_back((near ? "" : "../models/") + ("m" + std::to_string(m)) + ".onnx");
      lists[i].insert(lists[i].begin(), (near ? "models/" : "app/") + ("l" + std::to_string(i)) + ".txt");
    }
    std::vector<std::string> direct;
    for (int m = 0; m < 6; ++m) {
      if (below(4) == 0) direct.push_back(Path("models/m" + std::to_string(m) + ".onnx"));
    }
    const auto arguments = [&] {
      std::vector<std::string> all = direct;
      for (const auto& list : lists) {
        std::vector<std::string> lines(list.begin() + 1, list.end());
        std::shuffle(lines.begin(), lines.end(), random);
        std::string text;
        for (const std::string& line : lines) text += line + "\n";
        all.push_back(Write(list[0], text));
      }
      return all;
    };
    const std::vector<std::string> once = arguments();
    const std::string expected = Text(UnionOfModels(once));
    std::set<std::string> paths;
    for (const NamedModel& m : UnionOfModels(once)) EXPECT_TRUE(paths.insert(fs::weakly_canonical(m.path).string()).second);
    std::vector<std::string> again = arguments();                   // lines in another order
    for (const auto& list : lists) again.push_back(Path(list[0]));  // every list twice
    std::shuffle(again.begin(), again.end(), random);
    repeated += again.size() > once.size();
    EXPECT_EQ(Text(UnionOfModels(again)), expected);
  }
  EXPECT_EQ(repeated, 200);
}

TEST_F(ModelUnion, AllFindingsOfAllArguments) {
  const std::string bad = Write("app/bad.txt", "../models/m1.onnx\n../models/m1.onnx\n");
  const std::string gone = Path("app/gone.onnx"), m0 = Path("models/m0.onnx");
  const std::string report = Report({bad, gone, m0, Path("app/../models/m0.onnx"), root_.string()});
  EXPECT_NE(report.find("bad.txt:2: ../models/m1.onnx is already listed in line 1"), std::string::npos) << report;
  EXPECT_NE(report.find(gone + ": no such file"), std::string::npos) << report;
  EXPECT_NE(report.find("m0.onnx: is given twice"), std::string::npos) << report;
  EXPECT_NE(report.find(root_.string() + ": cannot be read"), std::string::npos) << report;
}

TEST_F(ModelUnion, ALinkIsTheFileItLeadsTo) {
  fs::create_symlink(Path("models/m3.onnx"), root_ / "app/alias_of_it.onnx");
  EXPECT_EQ(UnionOfModels({Path("app/alias_of_it.onnx"), Write("app/l.txt", "../models/m3.onnx\n")}).size(), 1U);
}

}  // namespace
}  // namespace adze::plan
