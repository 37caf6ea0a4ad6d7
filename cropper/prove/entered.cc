// SPDX-License-Identifier: Apache-2.0
// Breakpoints that go off once, and the emulator's log.
#include "cropper/prove/entered.h"

#include <fcntl.h>
#include <sys/ptrace.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <map>
#include <stdexcept>

#include "cropper/generate/process.h"

namespace adze::prove {
namespace {

// The range that holds `address`, or -1. `starts`: address -> index.
int RangeAt(const std::map<uint64_t, size_t>& starts, const std::vector<CodeRange>& ranges, uint64_t address) {
  auto at = starts.upper_bound(address);
  if (at == starts.begin()) return -1;
  --at;
  return address < at->first + ranges[at->second].bytes ? static_cast<int>(at->second) : -1;
}

std::set<size_t> EnteredUnderQemu(const std::vector<std::string>& emulator, const std::vector<std::string>& argv,
                                  const std::map<uint64_t, size_t>& starts, const std::vector<CodeRange>& ranges,
                                  const std::string& scratch) {
  if (std::filesystem::path(emulator[0]).filename().string().compare(0, 5, "qemu-") != 0) {
    throw std::runtime_error("the emulator " + emulator[0] + " does not tell what runs; give the profile a qemu-user one");
  }
  const std::string log = scratch + "/qemu.log";
  std::vector<std::string> all = emulator;
  all.insert(all.end(), argv.begin(), argv.end());
  (void)generate::RunProcess(all, {"", {{"QEMU_LOG", "in_asm"}, {"QEMU_LOG_FILENAME", log}}});
  std::set<size_t> entered;
  std::ifstream lines(log);
  for (std::string line; std::getline(lines, line);) {
    if (line.compare(0, 2, "0x") != 0) continue;
    const int range = RangeAt(starts, ranges, std::strtoull(line.c_str(), nullptr, 16));
    if (range >= 0) entered.insert(static_cast<size_t>(range));
  }
  std::filesystem::remove(log);
  return entered;
}

#if defined(__x86_64__)
constexpr long kBreakpoint = 0xcc;  // int3

class Tracee {
 public:
  Tracee(const std::vector<std::string>& argv, const std::map<uint64_t, size_t>& starts) : starts_(starts) {
    std::vector<std::string> words = argv;
    std::vector<char*> pointers;
    for (std::string& w : words) pointers.push_back(w.data());
    pointers.push_back(nullptr);
    pid_ = fork();
    if (pid_ < 0) throw std::runtime_error(std::string("cannot start ") + argv[0] + ": " + std::strerror(errno));
    if (pid_ == 0) Become(pointers.data());
  }

  std::set<size_t> Run() {
    int status = 0;
    if (waitpid(pid_, &status, 0) != pid_ || !WIFSTOPPED(status)) {
      throw std::runtime_error("this machine does not let a process be traced (ptrace), so that nobody can tell which functions run");
    }
    ptrace(PTRACE_SETOPTIONS, pid_, nullptr, PTRACE_O_TRACECLONE | PTRACE_O_EXITKILL);
    for (const auto& [address, index] : starts_) bytes_[address] = Poke(pid_, address, kBreakpoint);
    ptrace(PTRACE_CONT, pid_, nullptr, nullptr);
    for (pid_t thread; (thread = waitpid(-1, &status, __WALL)) > 0;) {
      if (WIFSTOPPED(status)) Resume(thread, status);
    }
    return std::move(entered_);
  }

 private:
  // In the child: only what is safe behind fork().
  [[noreturn]] static void Become(char** argv) {
    const int null = open("/dev/null", O_RDWR);
    for (int fd = 0; fd < 3; ++fd) dup2(null, fd);
    ptrace(PTRACE_TRACEME, 0, nullptr, nullptr);
    execv(argv[0], argv);
    _exit(127);
  }

  // Addresses and words go through ptrace's ellipsis as the integers that they are, as wide as pointers.
  // Writes one byte of code; returns the one that was there.
  static long Poke(pid_t thread, uint64_t address, long byte) {
    errno = 0;
    const long word = ptrace(PTRACE_PEEKTEXT, thread, address, nullptr);
    if (errno != 0 || ptrace(PTRACE_POKETEXT, thread, address, (word & ~0xffL) | byte) != 0) {
      throw std::runtime_error(std::string("cannot set a breakpoint: ") + std::strerror(errno));
    }
    return word & 0xff;
  }

  void Resume(pid_t thread, int status) {
    int signal = WSTOPSIG(status);
    const bool is_new = threads_.insert(thread).second;
    if (signal == SIGSTOP && is_new) signal = 0;  // a thread's start
    if (signal == SIGTRAP) {
      signal = 0;
      user_regs_struct regs;
      if (status >> 16 == 0 && ptrace(PTRACE_GETREGS, thread, nullptr, &regs) == 0) {
        const auto start = starts_.find(regs.rip - 1);
        if (start != starts_.end()) {
          // Another thread may have taken the breakpoint away already.
          if (entered_.insert(start->second).second) Poke(thread, start->first, bytes_.at(start->first));
          --regs.rip;
          ptrace(PTRACE_SETREGS, thread, nullptr, &regs);
        }
      }
    }
    ptrace(PTRACE_CONT, thread, nullptr, static_cast<long>(signal));
  }

  const std::map<uint64_t, size_t>& starts_;
  pid_t pid_ = -1;
  std::map<uint64_t, long> bytes_;
  std::set<pid_t> threads_;
  std::set<size_t> entered_;
};
#endif

}  // namespace

std::set<size_t> RangesEntered(const std::vector<std::string>& emulator, const std::vector<std::string>& argv,
                               const std::vector<CodeRange>& ranges, const std::string& scratch) {
  std::map<uint64_t, size_t> starts;
  for (size_t i = 0; i < ranges.size(); ++i) starts[ranges[i].address] = i;
  if (!emulator.empty()) return EnteredUnderQemu(emulator, argv, starts, ranges, scratch);
#if defined(__x86_64__)
  return Tracee(argv, starts).Run();
#else
  throw std::runtime_error("breakpoints are set on x86-64 only; give the profile a qemu-user emulator");
#endif
}

}  // namespace adze::prove
