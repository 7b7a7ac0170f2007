# Singleton classes: of objects, of classes, of singleton classes; copies and freezing.
object = Object.new
def object.hello = :hello
p object.singleton_methods # => [:hello]
p object.clone.hello # => :hello
p object.dup.respond_to?(:hello) # => false

class Parent
  def self.make = :made
  class << self
    def twice = [make, make]
    class << self
      def deep = :deep
    end
  end
end
class Child < Parent; end
p Child.twice # => [:made, :made]
p Child.singleton_class.deep # => :deep
p Child.singleton_class.superclass == Parent.singleton_class # => true
p Parent.singleton_class.is_a?(Class.singleton_class) # => true
p Child.singleton_class.inspect # => "#<Class:Child>"

def nil.twice = 2
p nil.twice # => 2
frozen = "text".freeze
begin
  def frozen.hello = 1
rescue => e
  puts "#{e.class}: #{e.message}" # => FrozenError: can't modify frozen String: "text"
end
begin
  1.singleton_class
rescue TypeError => e
  puts e.message # => can't define singleton
end
p Module.new.singleton_class.instance_methods(false) # => []
