# SPDX-License-Identifier: MIT
# Classes without a name below those whose instances are C data: the class is a variable of each
# instance, whose place follows from the data's size.
[IO, Time, Random, File::Stat, Thread].each do |klass|
  made = Class.new(klass)
  o = klass == Thread ? made.new { 1 } : made.allocate
  o.instance_variable_set(:@a, 2)
  p [klass, o.class == made, o.instance_variable_get(:@a)]
end
# => [IO, true, 2]
# => [Time, true, 2]
# => [Random, true, 2]
# => [File::Stat, true, 2]
# => [Thread, true, 2]
p Class.new(Time).at(0).to_i # => 0
p Class.new(Thread).new { 5 }.value # => 5
