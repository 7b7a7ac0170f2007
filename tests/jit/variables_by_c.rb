# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=20 --jit-optimize=1000000000 --jit-log
# stderr: loop at line 41: compiled
# stderr-count: 0 is not compiled
# stderr-count: 0 cannot be compiled
# Instance variables of class objects, of Arrays and other objects that are not plain, and of objects
# that keep them in a dictionary, are loaded and stored by C; where they are frozen that raises.
class Counter
  @count = 0
  class << self
    attr_reader :count
    def add(n) = @count += n
    def first = @first ||= 7
    def loops(n)
      while n > 0
        @count -= 1
        n -= 1
      end
    end
  end
end

class Tagged < Array
  def tag(v) = @tag = [v, @tag&.first]
end

class Removed
  def initialize
    70.times { |i| instance_variable_set(:"@v#{i}", i) }
    remove_instance_variable(:@v1)
  end

  def read = @v2 + (@v1 || 100)
  def write(v) = @v3 = v
end

def all(n)
  tagged, removed, lock, inside = Tagged.new, Removed.new, Mutex.new, 0
  i = sum = 0
  while i < n
    sum += Counter.add(i) + Counter.first + removed.read + removed.write(i)
    sum += tagged.tag(i)[1] || 0
    lock.synchronize { inside += 1 }
    removed.freeze if i == n - 2
    i += 1
  end
rescue FrozenError => e
  [sum, inside, Counter.count, e.message[/Removed/], e.backtrace[0][/:\d+:.*/]]
end
p all(1000) # => [167271895, 999, 499500, "Removed", ":34:in 'Removed#write'"]
Counter.loops(1000)
p Counter.count # => 498500
