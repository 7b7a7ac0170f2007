# SPDX-License-Identifier: MIT
# defined? in hot loops, of what comes and goes.
class C
  def initialize = @a = 1
  attr_reader :b
  def hidden = 1
  private :hidden
  def set = @b = 2
  def all(n)
    out = Hash.new(0)
    i = 0
    other = C.new
    while i < n
      out[[defined?(@a), defined?(@b), defined?(@zz), defined?($glob), defined?($stdout)]] += 1
      out[[defined?(String), defined?(Later), defined?(puts), defined?(nothing), defined?(hidden)]] += 1
      out[[defined?(other.set), defined?(other.hidden), defined?(other.nothing), defined?(yield)]] += 1
      out[[defined?(i), defined?(@@cv), defined?(super), defined?(self), defined?(3 + i), defined?($1)]] += 1
      set if i == 20
      $glob = 1 if i == 22
      Object.const_set(:Later, 1) if i == 24 && !defined?(Later)
      C.class_eval { def nothing = 1 } if i == 26
      C.class_eval { public :hidden } if i == 28
      C.class_eval { def respond_to_missing?(n, p) = n == :zork } if i == 30
      C.class_eval { remove_method :nothing } if i == 32
      instance_variable_set(:@zz, 1) if i == 34
      remove_instance_variable(:@b) if i == 36
      i += 1
    end
    out.to_a
  end
  def zorks(n)
    t = 0
    i = 0
    while i < n
      t += 1 if defined?(zork)
      t += 100 if defined?(self.zork)
      i += 1
    end
    t
  end
end
C.new.all(50).each { |x| p x }
C.new.all(50) {}.each { |x| p x }
p C.new.zorks(30)
C.class_eval { remove_method :respond_to_missing? }
p C.new.zorks(30)
def given(n)
  t = 0
  n.times { t += 1 if defined?(yield) }
  t
end
p given(30), given(30) {}
