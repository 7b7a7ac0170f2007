# SPDX-License-Identifier: MIT
# Recursion through methods called by name, method_missing and blocks of every kind ends at one
# limit, the same in each engine: it counts the calls of the program, not those of the core library.
$n = 0

# How deep the block gets, as calls of the program and blocks: `each` is how many one round takes.
def deep(each)
  $n = 0
  yield
rescue SystemStackError => e
  all = $n * each
  puts "#{e.message} #{all > 11_900 && all <= 12_000 ? "at the limit" : "after #{all}"}"
end

class Forms
  def sent(a) = ($n += 1; send(:sent, a))
  def underscored(a) = ($n += 1; __send__(:underscored, a))
  def publicly(a) = ($n += 1; public_send(:publicly, a))
  def object = ($n += 1; method(:object).call)
  def method_missing(name, *a) = name == :ghost ? ($n += 1; ghost(*a)) : super
  define_method(:defined) { |a = 1| $n += 1; defined(a) }
  def block = ($n += 1; yields { |x, y = 1| block })
  def symbol = ($n += 1; yields(&:symbol))
  def evaluated = ($n += 1; instance_eval { evaluated })
  def executed = ($n += 1; instance_exec(1) { |a, b = 2| executed })
  def yields = yield(self)
end

f = Forms.new
deep(1) { f.sent(1) } # => stack level too deep at the limit
deep(1) { f.underscored(1) } # => stack level too deep at the limit
deep(1) { f.publicly(1) } # => stack level too deep at the limit
deep(1) { f.object } # => stack level too deep at the limit
deep(1) { f.ghost(1) } # => stack level too deep at the limit
deep(1) { f.defined } # => stack level too deep at the limit
deep(3) { f.block } # => stack level too deep at the limit
deep(2) { f.symbol } # => stack level too deep at the limit
deep(2) { f.evaluated } # => stack level too deep at the limit
deep(2) { f.executed } # => stack level too deep at the limit
strange = proc { |a, b = 2| $n += 1; strange.call(a) }
deep(1) { strange.call(1) } # => stack level too deep at the limit
strict = ->(a, b = 2, *c) { $n += 1; strict.(a) }
deep(1) { strict[1] } # => stack level too deep at the limit
