# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=100 --jit-calls=100000 --jit-log
# stderr-count: 0 is not compiled
# stderr-count: 0 by the protocol
# stderr: loop at line 21: compiled:
# stderr: loop at line 37: compiled:
# An exception that its class initializes is raised and rescued in machine code.
class Limit < StandardError
  attr_reader :at
  def initialize(at)
    @at = at
    super("limit at #{at}")
  end
end

def rescues(rounds)
  sum = i = 0
  line = nil
  while i < rounds
    begin
      raise Limit.new(i) if i % 3 == 0
      sum += 1
    rescue Limit => error
      sum += error.at + error.message.size
      line = error.backtrace[0][/\d+:in.*/]
    end
    i += 1
  end
  [sum, line]
end
p rescues(400) # => [28569, "21:in 'Object#rescues'"]

def of_a_class(rounds)
  sum = i = 0
  while i < rounds
    begin
      raise Limit, i if i.even?
      sum += 1
    rescue Limit => error
      sum += error.at
    end
    i += 1
  end
  sum
end
p of_a_class(400) # => 40000
