# An error of `deconstruct` and `deconstruct_keys` is one of the pattern that asked.
class Wrong
  def deconstruct = 1
  def deconstruct_keys(keys) = 2
end

def line
  yield
rescue TypeError => e
  [e.message, e.backtrace[0][/:(\d+):/, 1].to_i]
end

a = line do
  case Wrong.new
  in Integer then 1
  in [x] then 2
  end
end
p a # => ["deconstruct must return Array", 16]

b = line do
  case Wrong.new
  in Integer then 1
  in {x:} then 2
  end
end
p b # => ["deconstruct_keys must return Hash", 24]

c = line do
  case [Wrong.new]
  in [
    Integer |
    [*, 1, *]
  ] then 2
  end
end
p c # => ["deconstruct must return Array", 33]

# Private ones are not asked.
class Hidden
  private def deconstruct = [1]
  private def deconstruct_keys(keys) = {x: 1}
end
case Hidden.new
in [1] then p 1
in {x: 1} then p 2
else p 3 # => 3
end
