# Methods that only call on have no line in a backtrace: send, Proc#call, composed and curried
# procs. What they call has one, be it written in C or not.
def frames
  yield
rescue StandardError => e
  e.backtrace.take_while { |line| !line.include?("frames") }.map { |line| line[/'.*'/] }
end

def one(x) = raise("one #{x}")

p frames { send(:one, 1) } # => ["'Object#one'", "'block in <main>'"]
p frames { __send__(:one, 1) } # => ["'Object#one'", "'block in <main>'"]
p frames { 1.send(:+, nil) } # => ["'Integer#+'", "'block in <main>'"]
p frames { :+.to_proc.call(0.0) } # => ["'Float#+'", "'block in <main>'"]
p frames { Array.new(-1) } # => ["'Array#initialize'", "'block in <main>'"]
p frames { [1].send(:map) { |x| one(x) } }
# => ["'Object#one'", "'block (2 levels) in <main>'", "'Array#map'", "'block in <main>'"]
raising = proc { |x| raise "inner" }
p frames { (raising >> raising).call(1) } # => ["'block in <main>'", "'block in <main>'"]
p frames { (raising << raising).call(1) } # => ["'block in <main>'", "'block in <main>'"]
p frames { (method(:one) << :succ.to_proc).call(1) } # => ["'Object#one'", "'block in <main>'"]
p frames { (method(:one) >> raising).call(1) } # => ["'Object#one'", "'block in <main>'"]
curried = ->(a, b) { raise "inner" }.curry
p frames { curried[1][2] } # => ["'block in <main>'", "'block in <main>'"]
p frames { method(:one).call(1) } # => ["'Object#one'", "'Method#call'", "'block in <main>'"]
