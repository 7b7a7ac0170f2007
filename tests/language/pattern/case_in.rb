# Patterns of case/in, => and in.
def m(v)
  case v
  in Integer | Float => n then "number #{n}"
  in [] then "empty"
  in [x] then "one #{x}"
  in [Integer => a, [b, *c]] then "nested #{a} #{b} #{c}"
  in [first, *, last] if first == last then "same ends #{first}"
  in [first, *rest] then "list #{first} #{rest}"
  in { type: :circle, r: } then "circle #{r}"
  in { type: :rect, w:, **rest } then "rect #{w} #{rest.length}"
  in { only: nil, **nil } then "only"
  in {} then "empty hash"
  in String => s unless s.empty? then "string #{s}"
  in "" then "empty string"
  in nil then "nil"
  else "else"
  end
end
puts m(1) # => number 1
puts m(1.5) # => number 1.5
puts m([]) # => empty
puts m([1]) # => one 1
puts m([1, [2, 3, 4]]) # => nested 1 2 [3, 4]
puts m([5, 6, 5]) # => same ends 5
puts m([5, 6, 7]) # => list 5 [6, 7]
puts m({ type: :circle, r: 2 }) # => circle 2
puts m({ type: :rect, w: 2, h: 3 }) # => rect 2 1
puts m({ only: nil }) # => only
puts m({}) # => empty hash
puts m("x") # => string x
puts m("") # => empty string
puts m(nil) # => nil
puts m(:zzz) # => else

case [1, 42, "x", :y]
in [*, String => s, *post]
  p [s, post] # => ["x", [:y]]
end
expected = 5
case 5
in ^expected then puts "pinned" # => pinned
end
case { n: 6 }
in { n: ^(expected + 1) } then puts "expression" # => expression
end
config = { db: { user: "admin", ports: [1, 2] } }
config => { db: { user:, ports: [port, *] } }
p [user, port] # => ["admin", 1]
r = (1 in Integer)
p r # => true
r = (1 in String)
p r # => false

class Point
  attr_reader :x, :y
  def initialize(x, y) = (@x, @y = x, y)
  def deconstruct = [x, y]
  def deconstruct_keys(keys) = { x:, y: }
end
case Point.new(1, 2)
in Point(x:, y:) then p [x, y] # => [1, 2]
end
case Point.new(1, 2)
in Point[a, b] then p [a, b] # => [1, 2]
end
begin
  case 9
  in String then 1
  end
rescue NoMatchingPatternError => e
  puts e.message # => 9: String === 9 does not return true
end
begin
  { a: 1 } => { b: }
rescue NoMatchingPatternKeyError => e
  puts e.key.inspect # => :b
end
case [1, [2, [3]]]
in [Integer => a, [b, [c]]]
  p a + b + c # => 6
end
in_range = case 7
           in 0..5 then :low
           in 6.. then :high
           end
p in_range # => :high
