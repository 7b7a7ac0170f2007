# SPDX-License-Identifier: MIT
# `super` where self is no object of the refined class.
module Refining
  refine String do
    def lent = 5.instance_exec { super() }
  end
end
using Refining
begin
  "".lent
rescue TypeError => e
  puts e.message # => self has wrong type to call super in this context: Integer (expected String)
end
