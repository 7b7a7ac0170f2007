# Class macros that define methods.
module Typed
  def typed(name, type, default: nil)
    (@typed ||= {})[name] = type
    define_method(name) { instance_variable_get("@#{name}") || default }
    define_method("#{name}=") do |value|
      raise TypeError, "#{name} must be #{type}, not #{value.class}" unless value.is_a?(type)
      instance_variable_set("@#{name}", value)
    end
    define_method("#{name}?") { !public_send(name).nil? }
  end

  def types = @typed
end

class Person
  extend Typed
  typed :name, String
  typed :age, Integer, default: 18
end

pr = Person.new
pr.name = "Zoe"
puts pr.name, pr.age, pr.name?, Person.types.keys.inspect
begin
  pr.age = "old"
rescue TypeError => e
  puts e.message
end
puts Person.instance_methods(false).sort.inspect
puts pr.respond_to?(:age=), Person.instance_method(:name).arity
