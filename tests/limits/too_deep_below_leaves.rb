# SPDX-License-Identifier: MIT
# Deep recursion through methods of C ends as it always does.
class Deep
  def ==(other) = [self].include?(other) && [Deep.new].include?(other)
end

def too_deep
  [Deep.new].include?(Deep.new)
rescue SystemStackError => e
  e.class
end
3.times { p too_deep }
# => SystemStackError
# => SystemStackError
# => SystemStackError
