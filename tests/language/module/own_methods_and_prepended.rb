# The own methods of a class are not those of the modules prepended to it.
module Before
  def both = 1
  def before = 2
end

class Host
  prepend Before
  def both = 3
  def own = 4
end

p Host.instance_methods(false).sort # => [:both, :own]
p Host.method_defined?(:before), Host.method_defined?(:before, false)
# => true
# => false
p Host.method_defined?(:both, false), Host.method_defined?(:own, false)
# => true
# => true
