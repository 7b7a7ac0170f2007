# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=100 --jit-calls=100000 --jit-log
# stderr-count: 0 is not compiled
# stderr-count: 0 by the protocol
# stderr: loop at line 13: compiled:
# defined? of variables, constants, methods and blocks is built.
class Asker
  def initialize = @set = 1

  def ask(rounds)
    sum = i = 0
    while i < rounds
      sum += 1 if defined?(@set)
      sum += 10 if defined?(@unset)
      sum += 100 if defined?(String) && defined?($stdout)
      sum += 1000 if defined?(Missing) || defined?($missing)
      sum += 2 if defined?(puts) && defined?(self.ask)
      sum += 20 if defined?(missing) || defined?(sum.missing)
      sum += 200 if defined?(yield)
      i += 1
    end
    sum
  end
end
p Asker.new.ask(500) # => 51500
p Asker.new.ask(500) {} # => 151500
