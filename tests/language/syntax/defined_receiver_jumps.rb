# SPDX-License-Identifier: MIT
# `defined?` evaluates receivers: jumps and throws in there go on, exceptions make the answer nil.
yes = true
p((while true do p defined?((break 5 if yes).foo) end)) # => 5
p [1, 2].each { |i| p defined?((next if yes).foo) } # => [1, 2]
p catch(:done) { p defined?((throw :done, 3 if yes).foo) } # => 3
def returns(yes) = p(defined?((return 7 if yes).foo))
p returns(true) # => 7
p defined?((raise "no" if yes).foo) # => nil
p defined?((raise "no" if yes)::Foo) # => nil
