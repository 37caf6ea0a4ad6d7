// SPDX-License-Identifier: Apache-2.0
// Damaged copies of a stored model, each of another kind, for runs that must end in an error.
#pragma once

#include <string>
#include <vector>

namespace adze::prove {

// Cut, of another magic, newer, with a wrong checksum; and `changes` copies with one byte of the graph changed and the checksum made right, so that the
// structure itself is judged. The same for the same model.
std::vector<std::string> DamagedCopies(const std::string& adze, int changes);

}  // namespace adze::prove
