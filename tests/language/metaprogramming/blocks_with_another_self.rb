# Prints what its .out file says: blocks that run with another self are frames like others.
def show(e) = e.backtrace.map { |l| l[/\d+:in.*/] }
class Box
  def initialize(v) = @v = v
  def self.name2 = "box"
end
b = Box.new(3)
p b.instance_eval { @v }, b.instance_eval { |x, y| [x.equal?(b), y, self.equal?(b)] }
p b.instance_exec(1, 2) { |x, y = 5, *r, k: 7| [@v, x, y, r, k] }
p b.instance_exec(1, k: 2) { |x, y = 5, *r, k: 7| [@v, x, y, r, k] }
p b.instance_exec([1, 2]) { |x, y| [x, y] }
pr = proc { |x| [@v, x] }
p b.instance_exec(9, &pr), b.instance_eval(&->(x) { x.class })
begin; b.instance_exec(&->(x) { x }); rescue ArgumentError => e; puts e.message, show(e); end
begin; b.instance_eval(1) { 2 }; rescue ArgumentError => e; puts e.message; end
begin; b.instance_eval; rescue ArgumentError => e; puts e.message; end
begin; b.instance_exec(1); rescue LocalJumpError => e; puts e.message; end
begin; b.instance_eval { raise "x" }; rescue => e; puts show(e); end
begin; Box.class_eval { raise "x" }; rescue => e; puts show(e); end
begin; Box.module_eval { raise "x" }; rescue => e; puts show(e); end
begin; Box.class_exec(1) { |x| raise "x" }; rescue => e; puts show(e); end
Box.class_eval do
  def added = [@v, :added]
  private
  def hidden = 1
end
p b.added, (b.hidden rescue $!.class)
b.instance_eval { def single = :single }
p b.single, b.singleton_methods
p Box.instance_eval { def self.x = 1; def y = 2; name2 }, Box.y
p [1, 2, 3].instance_eval { each { |x| break x * 10 if x == 2 } }
p b.instance_eval { break 5 }
def ret(o) = (o.instance_eval { return @v }; 0)
p ret(b)
def thr(o) = catch(:t) { o.instance_eval { throw :t, @v } }
p thr(b)
p b.instance_eval { next 4; 5 }
n = 0
p b.instance_eval { n += 1; redo if n < 3; n }
f = Fiber.new { b.instance_eval { Fiber.yield @v; Fiber.yield @v + 1; :end } }
p f.resume, f.resume, f.resume
e = Enumerator.new { |y| b.instance_exec(1) { |i| y << i; y << @v } }
p e.next, e.next
p b.instance_eval { binding.local_variables.size > 3 }, b.instance_eval { __method__.inspect }
p b.instance_eval { [1].map { @v } }
p b.instance_eval(&:class), Box.class_eval(&:name2)
p 5.instance_eval { self + 1 }, (5.instance_eval { def q = 1 } rescue $!.class)
p b.instance_eval { yielder { @v } } rescue p $!.class
def with_block(o) = o.instance_eval { yield @v }
p with_block(b) { |v| v + 100 }
begin
  b.instance_eval { begin; raise "in"; ensure; p :ensured; end }
rescue => e
  p e.message
end
class Sub < Box
  def instance_eval = super { @v * 2 }
  def instance_exec(*a, &b) = [:own, super]
end
p Sub.new(4).instance_eval, Sub.new(4).instance_exec(1) { |x| @v + x }
p b.public_send(:instance_eval) { @v }, b.send(:instance_exec, 2) { |x| x + @v }
C = 1
class Inner; C = 2; def run = instance_eval { C }; end
p Inner.new.run, Inner.class_eval { C }
def deep(o, n) = n == 0 ? 0 : o.instance_eval { deep2(o, n) }
class Object; def deep2(o, n) = 1 + deep(o, n - 1); end
p deep(b, 2000)
p Fiber.new { deep(b, 12) }.resume
def endless(o) = o.instance_exec(1) { |x| endless(o) }
begin; endless(b); rescue SystemStackError => e; p e.message; end
p Fiber.new { begin; endless(b); rescue SystemStackError => e; e.message; end }.resume
p b.method(:instance_eval).call { @v }
