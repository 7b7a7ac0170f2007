# Methods as objects; alias, undef, remove, redefine.
class Greeter
  def hello(name = "you") = "hello #{name}"
  alias greet hello
  alias_method :welcome, :hello
end
g = Greeter.new
old = g.method(:hello)
class Greeter
  def hello(name = "you") = "HELLO #{name}"
end
puts g.hello("a"), g.greet("b"), g.welcome, old.call("c")
puts g.method(:greet).name, g.method(:greet).original_name
class Greeter
  undef_method :welcome
  remove_method :hello
end
[:hello, :welcome, :greet].each { |m| puts "#{m}: #{g.respond_to?(m)}" }
begin
  g.hello
rescue NoMethodError => e
  puts e.name
end
def g.hello = "only me: #{greet}"
puts g.hello, g.singleton_methods.inspect
puts [[1, 2], [3]].map(&:size).inspect, %w[a b].each_with_index.to_h.size
