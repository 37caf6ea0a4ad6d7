// SPDX-License-Identifier: Apache-2.0
// Plans with one atom less.
#pragma once

#include "cropper/index/index.h"
#include "cropper/plan/plan.h"

namespace adze::prove {

// Throws plan::InputError if the plan lacks units that the index wants for its atoms: it was made from other sources.
void RequireUnits(const plan::Plan& plan, const index::Index& index);

// `plan` without `atom`, its units found anew. A feature that is on is turned off; of one that is off, which is the least there is, the unit goes.
plan::Plan Without(const plan::Plan& plan, const plan::Atom& atom, const index::Index& index);

}  // namespace adze::prove
