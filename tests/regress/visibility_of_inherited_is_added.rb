# Another visibility for an inherited method enters a method: method_added hears of it, once.
class A
  def bar; end
end
class B < A
  def self.method_added(name) = puts("added #{name}")
  private :bar # => added bar
  protected :bar
  def foo; end # => added foo
  private :foo
end
