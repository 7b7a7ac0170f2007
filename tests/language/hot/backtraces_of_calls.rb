# SPDX-License-Identifier: MIT
# Lines of backtraces through calls of every form in a hot loop, by what machine code built in place.
class Raiser
  def check(a, b: 0)
    raise "late" if a == 250
    caller_locations(1, 2).map { |place| "#{place.lineno}:#{place.label}" } if a == 249
  end
  define_method(:made) { |a, *rest| check(a) }
  def method_missing(name, *list) = check(*list)
  def respond_to_missing?(*) = true
  def passed(...) = check(...)
  def initialize(a = 0, b: 0) = check(a, b:)
  def each_check(*list, &block) = block.call(*list)
end
class Deeper < Raiser
  def check(a, b: 1) = super
  def each_check(*) = super { |a| check(a) }
end

def told(e) = e.backtrace.map { |line| line[/\d+:in .*/] }

def hot
  i = 0
  while i < 251
    value = begin
      yield i
    rescue RuntimeError => e
      told(e)
    end
    p value if i == 249 || i == 250
    i += 1
  end
end

raiser = Raiser.new
deeper = Deeper.new
method = raiser.method(:check)
hot { |i| raiser.check(i, b: 2) }
hot { |i| raiser.send(:check, i) }
hot { |i| raiser.public_send(:check, i, b: 1) }
hot { |i| raiser.made(i) }
hot { |i| raiser.anything(i) }
hot { |i| raiser.passed(i) }
hot { |i| method.call(i) }
hot { |i| method.(i, b: 2) }
hot { |i| Raiser.new(i).class }
hot { |i| Raiser.new(i, b: 1).class }
hot { |i| deeper.check(i) }
hot { |i| deeper.send(:passed, i, b: 2) }
hot { |i| deeper.each_check(i) }
hot { |i| raiser.each_check(i) { |a| raiser.public_send(:made, a) } }
hot { |i| ->(a, *, b: 1) { raiser.check(a) }.call(i) }
