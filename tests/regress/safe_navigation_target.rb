# SPDX-License-Identifier: MIT
# A target written with `&.` stores nothing when its receiver is nil, in `for` and `rescue`.
Holder = Struct.new(:kept)
holder = Holder.new
nobody = nil
for holder&.kept in [1, 2]
  p holder.kept
end
# => 1
# => 2
rounds = 0
for nobody&.kept in [1, 2]
  rounds += 1
end
p rounds # => 2

begin
  raise "first"
rescue => holder&.kept
  p holder.kept # => #<RuntimeError: first>
end

begin
  raise "second"
rescue => nobody&.kept
  p :went_on # => :went_on
end
p nobody # => nil
