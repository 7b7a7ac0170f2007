# SPDX-License-Identifier: MIT
# A copy of a refinement refines the same class, of the same module.
module Shouting
  REFINEMENT = refine(String) { def shout = upcase + "!" }
end
p Shouting::REFINEMENT # => #<refinement:String@Shouting>
p Shouting::REFINEMENT.dup # => #<refinement:String@Shouting>
p Shouting::REFINEMENT.clone # => #<refinement:String@Shouting>
p Shouting::REFINEMENT.clone.target # => String
