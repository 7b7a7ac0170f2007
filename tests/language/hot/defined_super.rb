# `defined?(super)` in a method that hot code runs for objects of several classes, in whose
# ancestors its owner stands in different places.
class A; end
class B < A
  def found(*a, &b) = defined?(super)
  def both(*a, &b) = [defined?(super), (super rescue :none)]
end
class C < B; end

def ask(object, name)
  object.dup.send(name)
rescue NameError => e
  e.class
end
def ask_found(object)
  object.dup.found
rescue NameError => e
  e.class
end
ALL = [A.new, B.new, C.new]
def all
  answers = []
  i = 0
  while i < 60
    k = 0
    while k < 3
      answers << [k, ask_found(ALL[k]), ask(ALL[k], :both)]
      k += 1
    end
    i += 1
  end
  answers.tally.each { |answer, n| p [*answer, n] }
end
all                                             # => [0, NoMethodError, NoMethodError, 60]
# => [1, nil, [nil, :none], 60]
# => [2, nil, [nil, :none], 60]
class A; def found = 1; end
all                                             # => [0, 1, NoMethodError, 60]
# => [1, "super", [nil, :none], 60]
# => [2, "super", [nil, :none], 60]
