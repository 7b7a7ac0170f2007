# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=20 --jit-optimize=1000000000 --jit-log --jit-stats
# stderr: loop at line 44: compiled
# stderr-count: 1 is not compiled
# stderr-count: 1 left          1 times
# A raise whose rescue clause is in the region is a jump: in the same activation, with retry, out of a
# method and a block that are built in place, and from clause to clause. The loop is left once, at
# its end. The region of the block's loop alone, which is compiled before, has no clause.
class Other < StandardError; end

def refuse(x)
  raise Other, "odd" if x.odd?
  raise IndexError, "even"
end

def persistent(x)
  attempts = 0
  begin
    attempts += 1
    raise ArgumentError, "again" if attempts < 3
    x + attempts
  rescue ArgumentError
    retry
  end
end

def out_of_block(list)
  last = 0
  list.each do |x|
    raise IndexError if x == 3
    last = x
  end
  9
rescue IndexError
  last
end

def sum(n)
  total = 0
  errors = nil
  list = [1, 2, 3, 4]
  i = 0
  while i < n
    total += persistent(i) + out_of_block(list)
    begin
      begin
        refuse(i)
      rescue IndexError => e
        total += 4 if e
      end
    rescue => error
      total += 1000
      errors = error
    end
    i += 1
  end
  p errors.message, errors.backtrace.map { |line| line[/:\d+:.*/] }, errors.cause, $!
  total
end
p sum(1000)
# => "odd"
# => [":12:in 'Object#refuse'", ":47:in 'Object#sum'", ":60:in '<main>'"]
# => nil
# => nil
# => 1006500
