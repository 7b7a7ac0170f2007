# Asking objects, classes and methods about themselves.
class Widget
  SIZE = 3
  @@made = 0
  def initialize(a, b = 1, *rest, key:, opt: 2, **others, &block) = @a = a
  def shown = 1
  protected def half = 2
  private def hidden = 3
end
w = Widget.new(1, key: 2)
puts Widget.instance_method(:initialize).parameters.inspect
puts w.instance_variables.inspect, Widget.constants.inspect, Widget.class_variables.inspect
puts w.public_methods(false).inspect, w.method(:shown).owner
puts Widget.private_instance_methods(false).sort.inspect
puts w.method(:shown).unbind.bind(Widget.new(2, key: 1)).call
puts 5.method(:+).call(6), [1, 2].method(:map).arity
puts Widget.name, Widget.class, Widget.singleton_class.inspect
puts w.frozen?, w.dup.equal?(w), w.is_a?(Comparable), Widget <= Object
puts defined?(w.shown), defined?(w.hidden).inspect, defined?(Nope).inspect
puts Class.new(Widget).superclass, Object.const_get("Widget::SIZE")
