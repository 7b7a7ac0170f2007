# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=2 --jit-exit-threshold=4 --jit-log --jit-stats
# stderr: method at line 13: compiled
# stderr-count: 0 by the protocol
# stderr-count: 0 guard.shape
# A method that several classes inherit is built for each shape of its receiver: variables lie where
# they lie in that class, calls of self find that class's method. So is what it calls, in place. A
# call of more shapes than the interpreter's cache has places is still no call by the protocol.
class Task
  def initialize(ready) = @ready = ready

  def run
    was = @ready
    @ready = !was
    step(was ? 1 : 2)
  end
end

class One < Task
  def step(n) = n
end

class Two < Task
  def initialize(ready) = (@base = 10; super)
  def step(n)
    more = n > 1 ? 1 : 0
    @base + more + n
  end
end

class Three < Task
  def initialize(ready) = (@base = @more = 50; super)
  def step(n)
    more = n > 1 ? 1 : 0
    @base + @more + more + n
  end
end

class Four < Three
  def step(n) = super + 1000
end

class Five < Two
  def step(n) = super + 10_000
end

class Six < One
  def step(n) = -n
end

# The first instance of a class has a shape of its own.
[One, Two, Three, Four, Five, Six].each { |kind| kind.new(true) }
tasks = [One, Two, Three, Four, Five, Six].map { |kind| kind.new(true) }
total = 0
i = 0
while i < 3000
  total += tasks[i % 6].run
  i += 1
end
p total # => 5614000

# Called from straight text, the method is a region of its own.
sum = (0..5).map { |at| "tasks[#{at}].run" }.join(" + ")
p eval("total = 0\n" + "total += #{sum}\n" * 200 + "total") # => 2245600
