# SPDX-License-Identifier: MIT
# instance_eval and instance_exec of blocks, in hot loops.
class Box
  LIMIT = 5
  attr_accessor :v
  def initialize(v) = @v = v
  def add(x) = @v += x
  private def hidden = 9
end
LIMIT = 7
ALL = [Box.new(1), Box.new(2)]
def loops(n)
  t = 0
  i = 0
  box = Box.new(3)
  while i < n
    t += box.instance_eval { @v }
    t += box.instance_eval { |b| b.v + hidden + LIMIT }
    t += box.instance_exec(i) { |x| @v + x }
    t += box.instance_exec(i, 2) { |x, y| add(1); x * y + t % 3 }
    t += ALL[i % 2].instance_eval { v }
    t += [1, 2].instance_exec(1) { |x| self[x] }
    t += 5.instance_eval { self + 1 }
    i += 1
  end
  t
end
p loops(50)
def blocks(n)
  out = []
  i = 0
  while i < n
    box = ALL[i % 2]
    out << box.instance_eval { [1, 2].map { |x| x + @v } }
    out << box.instance_eval { break 5 if i % 3 == 0; next 6 if i % 3 == 1; self.class }
    out << box.instance_eval { l = -> { @v }; l.call }
    out << box.instance_eval { [self.equal?(box), defined?(@v), defined?(@w), __method__] }
    i += 1
  end
  out.uniq
end
p blocks(40)
def returns(k) = ALL.each { |b| b.instance_eval { return @v if @v == k } } && :none
def called(n)
  out = []
  n.times { |i| out << returns(i % 4) }
  out.tally.to_a
end
p called(40)
def defines(n)
  i = 0
  out = []
  while i < n
    o = Object.new
    o.instance_eval do
      @q = i
      def own = @q.to_i
      self
    end
    out << o.own << o.singleton_methods
    i += 1
  end
  [out.flatten.size, out[0, 4], Object.method_defined?(:own)]
end
p defines(30)
def late_define(n)
  i = 0
  objs = []
  while i < n
    o = Object.new
    o.instance_exec(i) do |x|
      @x = x
      if x > 20
        def late = @x
        $l = -> { def later = :l }
      end
      objs << self
    end
    i += 1
  end
  $l.call
  [objs.map { |x| x.respond_to?(:late) ? x.late : 0 }.sum, objs.last.respond_to?(:later), objs[0].respond_to?(:later), Object.method_defined?(:late)]
end
p late_define(30)
def raising(n)
  out = []
  i = 0
  while i < n
    begin
      ALL[0].instance_eval { i % 5 == 4 ? raise("bad #{@v}") : @v }
      ALL[0].instance_exec(i) { |x| Integer("z") if x == 23 }
    rescue => e
      out << e.message
      puts e.backtrace.map { |l| l[/\d+:in.*/] } if i > 22 && i < 25
    end
    i += 1
  end
  out.tally.to_a
end
p raising(30)
def redefined(n)
  out = []
  i = 0
  while i < n
    out << ALL[0].instance_eval { @v }
    Box.class_eval { def instance_eval(&b) = :own } if i == 20
    i += 1
  end
  Box.class_eval { remove_method :instance_eval }
  out.tally.to_a
end
p redefined(30)
def bindings(n)
  i = 0
  out = []
  while i < n
    out << ALL[1].instance_eval { i == n - 1 ? binding.eval("[@v, self.class, i]") : 0 }
    i += 1
  end
  out.last
end
p bindings(30)
