# SPDX-License-Identifier: MIT
# defined? of every kind of expression, which it never runs, and which never raises.
ran = []
note = ->(x) { ran << x; x }
local = 1
@ivar = 1
$gvar = 1
CONST = 1
class Host
  @@cvar = 1
  VALUE = 1
  attr_accessor :attr
  def [](i) = i
  def defined_here = [defined?(@@cvar), defined?(@@none), defined?(@iv), (@iv = 1; defined?(@iv)), defined?(super), defined?(yield), defined?(VALUE)]
  def priv_self = [defined?(priv), defined?(Host.new.priv)]
  private def priv = 1
  protected def prot = 1
end
host = Host.new
p defined?(nil), defined?(true), defined?(false), defined?(self), defined?(1), defined?("s"), defined?("#{1}"), defined?(:s), defined?([]), defined?({}), defined?(1..2), defined?(/r/), defined?(-> { })
# => "nil"
# => "true"
# => "false"
# => "self"
# => "expression"
# => "expression"
# => "expression"
# => "expression"
# => "expression"
# => "expression"
# => "expression"
# => "expression"
# => "expression"
p defined?(local), defined?(unknown), defined?(@ivar), defined?(@none), defined?($gvar), defined?($none_such), defined?(CONST), defined?(NONE), defined?(Host::VALUE), defined?(Host::NONE), defined?(::CONST), defined?(::NONE), defined?(NONE::X)
# => "local-variable"
# => nil
# => "instance-variable"
# => nil
# => "global-variable"
# => nil
# => "constant"
# => nil
# => "constant"
# => nil
# => "constant"
# => nil
# => nil
p defined?(puts), defined?(String.new), defined?(String.nope), defined?(nope.foo), defined?(host.attr), defined?(host.attr.nope), defined?(host.priv), defined?(host.prot), defined?(1 + 1), defined?(1.nope + 1), defined?(host[1]), defined?(local[1]), defined?(!local), defined?(-local), defined?(not local)
# => "method"
# => "method"
# => nil
# => nil
# => "method"
# => nil
# => nil
# => nil
# => "method"
# => nil
# => "method"
# => "method"
# => "method"
# => "method"
# => "method"
p defined?(a = 1), defined?(a += 1), defined?(@q = 1), defined?($q ||= 1), defined?(Q = 1), defined?(host.attr = 1), defined?(host[1] = 2), defined?((a, b = 1, 2)), defined?(local && nope), defined?(nope || 1), defined?(local and local), defined?(if local then 1 end), defined?(while false do end)
# => "assignment"
# => "assignment"
# => "assignment"
# => "assignment"
# => "assignment"
# => "method"
# => nil
# => "assignment"
# => "expression"
# => "expression"
# => "expression"
# => "expression"
# => "expression"
p defined?(yield), defined?(super), defined?(raise), defined?((1)), defined?(()), defined?((local; 1)), defined?((nope; 1)), defined?(begin; 1; end), defined?(return), defined?(case 1 when 1 then 2 end), defined?(def x; end), defined?(class Y; end), defined?(defined?(nope)), defined?([nope]), defined?([local, 1]), defined?({ a: nope })
# => nil
# => nil
# => "method"
# => "expression"
# => "nil"
# => "expression"
# => "expression"
# => "expression"
# => "expression"
# => "expression"
# => "expression"
# => "expression"
# => "expression"
# => nil
# => "expression"
# => "expression"
p defined?(note.call(1)), defined?(note.(1).nope), defined?(puts(nope)), defined?(puts(note.call(2))), defined?("#{note.call(3)}"), defined?(String.new(nope)), defined?(host.attr(nope)), defined?(local.then { nope }), defined?(nope { }), ran
# => "method"
# => nil
# => nil
# => "method"
# => "expression"
# => nil
# => nil
# => "expression"
# => "expression"
# => [1]
p host.defined_here, host.priv_self, defined?(host.frozen?), defined?(Host.new), defined?(@@top), defined?($&), defined?($1), defined?($~)
# => ["class variable", nil, nil, "instance-variable", nil, nil, "constant"]
# => ["method", nil]
# => "method"
# => "method"
# => nil
# => nil
# => nil
# => "global-variable"
"abc" =~ /(b)/
p defined?($&), defined?($1), defined?($2), defined?($`), defined?($'), defined?($+), defined?($~), defined?($_), defined?($stdout), defined?($!), defined?(__FILE__), defined?(__LINE__), defined?(__method__), defined?(__ENCODING__)
# => "global-variable"
# => "global-variable"
# => nil
# => "global-variable"
# => "global-variable"
# => "global-variable"
# => "global-variable"
# => "global-variable"
# => "global-variable"
# => "global-variable"
# => "expression"
# => "expression"
# => "method"
# => "expression"
class Base
  def m(*) = defined?(super)
  def both(*) = nil
end
class Derived < Base
  def m(*) = [defined?(super), super]
  def both(*) = [defined?(super), [1].map { defined?(super) }, defined?(super())]
  def given = [defined?(yield), [1].map { defined?(yield) }]
  def self.s = defined?(super)
  define_method(:dm) { defined?(super) }
end
d = Derived.new
p d.m, d.both, d.given, d.given { }, Derived.s, d.dm # => ["super", nil]
# => ["super", ["super"], "super"]
# => [nil, [nil]]
# => ["yield", ["yield"]]
# => nil
# => nil
Base.define_method(:dm) { }
p d.dm, d.instance_eval { defined?(both) }, (d.instance_eval { defined?(@x) }), d.instance_eval { @x = 1; defined?(@x) } # => "super"
# => "method"
# => nil
# => "instance-variable"
class Ghost
  def respond_to_missing?(n, all) = n == :ghostly
  def method_missing(*) = 1
  def self.const_missing(n) = raise("asked")
end
p defined?(Ghost.new.ghostly), defined?(Ghost.new.other), defined?(Ghost::X), (defined?(Ghost.new.ghostly.zzz)) # => "method"
# => nil
# => nil
# => nil
p (defined?(local) && defined?(later)), (later = 1 if false), defined?(later), defined? local, (defined? local.zork).inspect, defined?(local).frozen?, [1].map { |x| defined?(x) }, [1].map { defined?(_1) }
# => nil
# => nil
# => "local-variable"
# => "local-variable"
# => "nil"
# => true
# => ["local-variable"]
# => ["local-variable"]
before = [defined?(late_method), defined?(LateConst), defined?(@late), defined?($late)]
def late_method = 1
LateConst = @late = $late = 1
p before, [defined?(late_method), defined?(LateConst), defined?(@late), defined?($late)], 3.times.map { |i| defined?(Looped).tap { Object.const_set(:Looped, 1) if i == 1 } }
# => [nil, nil, nil, nil]
# => ["method", "constant", "instance-variable", "global-variable"]
# => [nil, nil, "constant"]
