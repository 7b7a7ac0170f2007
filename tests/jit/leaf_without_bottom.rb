# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=2 --jit-calls=1
# C code that calls a method which calls it again, from machine code: it ends where calls end.
class Weight
  include Comparable
  def initialize(&hook) = @hook = hook
  def <=>(other) = @hook.call
end

def bottomless
  again = nil
  again = Weight.new { [again, again].max }
  [again, again].max
rescue SystemStackError => e
  e.class
end
3.times { p bottomless }
# => SystemStackError
# => SystemStackError
# => SystemStackError
