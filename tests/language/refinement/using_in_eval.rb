# SPDX-License-Identifier: MIT
# `using` in the text of an eval at the top level holds for what surrounds the text, too.
module Five
  refine Integer do
    def five = 5
  end
end

here = binding
eval("using Five", here)
p eval("1.five", here)          # => 5
p eval("1.five")                # => 5
p 1.five                        # => 5

eval("def hidden = 1", here)
begin
  1.hidden
rescue NoMethodError => e
  puts e.message                # => private method 'hidden' called for an instance of Integer
end
