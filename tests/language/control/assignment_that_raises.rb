# SPDX-License-Identifier: MIT
# Targets whose receiver or setter raises, in every form of assignment; definitions that cannot be.
def try
  yield
rescue => e
  puts e.is_a?(FrozenError) ? e.class : "#{e.class}: #{e.message}".lines.first
end
frozen = Class.new { attr_accessor :a; def inspect = "frozen" }.new.freeze
try { frozen.a ||= 1 }
# => FrozenError
try { (frozen.a, other), more = 1 }
# => FrozenError
try { (nil.x.y, other), more = 1 }
# => NoMethodError: undefined method 'x' for nil
try { for frozen.a in [1] do end }
# => FrozenError
def fails = raise
p defined?(fails.foo), defined?(fails.foo.bar)
# => nil
# => nil
try { eval("class Math; end") }
# => TypeError: Math is not a class
try { eval("class Wrong < Object.new.singleton_class; end") }
# => TypeError: can't make subclass of singleton class
p [false, true].include?(false)
# => true
