# SPDX-License-Identifier: MIT
# JSON.generate: escapes, numbers, layout, objects with a to_json of their own, errors, cycles.
require "json"

def show(value, **options)
  puts JSON.generate(value, options)
rescue JSON::JSONError, SystemStackError, Encoding::UndefinedConversionError => error
  puts "#{error.class}: #{error.message}"
end

show("\"\\/\b\f\n\r\t\u0001\u001f é😀") # => "\"\\/\b\f\n\r\t\u0001\u001f é😀"
show("a" * 40 + "\n") # => "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n"
show([0, -1, 2**62 - 1, -2**62, 2**64, 1.5, -0.0, 1e20, 1e-5, 1e16, 0.1]) # => [0,-1,4611686018427387903,-4611686018427387904,18446744073709551616,1.5,-0.0,1.0e+20,1.0e-05,1.0e+16,0.1]
show({nil => true, 1.5 => false, sym: :value, [1] => {}}) # => {"":true,"1.5":false,"sym":"value","[1]":{}}
show([[], {}, [[]]], indent: "  ", object_nl: "\n", array_nl: "\n", space: " ")
# => [
# =>   [],
# =>   {},
# =>   [
# =>     []
# =>   ]
# => ]
show({a: 1}, space_before: " ", space: "  ") # => {"a" :  1}
show("é😀 </x>", ascii_only: true) # => "\u00e9\ud83d\ude00 </x>"
show("</x>\u2028", script_safe: true) # => "<\/x>\u2028"
show([Float::NAN, -Float::INFINITY], allow_nan: true) # => [NaN,-Infinity]
show(Float::INFINITY) # => JSON::GeneratorError: Infinity not allowed in JSON
show("\xFF") # => JSON::GeneratorError: source sequence is illegal/malformed utf-8
show("\xFF".b) # => Encoding::UndefinedConversionError: "\xFF" from ASCII-8BIT to UTF-8
show("\xE9".dup.force_encoding("ISO-8859-1")) # => "é"
show("é".encode("UTF-16LE")) # => "é"
show([[1]], max_nesting: 1) # => JSON::NestingError: nesting of 2 is too deep

cycle = []
cycle << {"in" => cycle}
show(cycle) # => JSON::NestingError: nesting of 101 is too deep
show(cycle, max_nesting: 0) # => SystemStackError: stack level too deep

# A to_json of its own goes on at the depth that has been reached.
class Point
  def initialize(x, y) = (@x, @y = x, y)
  def to_json(*args) = {"x" => @x, "y" => [@y]}.to_json(*args)
end
puts JSON.pretty_generate([Point.new(1, 2)])
# => [
# =>   {
# =>     "x": 1,
# =>     "y": [
# =>       2
# =>     ]
# =>   }
# => ]
p JSON.generate(Object.new).start_with?("\"#<Object") # => true

class Wrong
  def to_json(*) = 3
end
begin
  JSON.generate([Wrong.new])
rescue TypeError => error
  puts error.message # => no implicit conversion of Integer into String
end

class Loud < Hash
  def to_json(*) = '"loud"'
end
show([Loud.new, Class.new(Array)[1, 2], Class.new(String).new("s")]) # => ["loud",[1,2],"s"]

# What raises midway leaves the Hash writable and the State at its depth.
class Broken
  def to_json(*) = raise("broken")
end
hash = {"a" => [Broken.new]}
state = JSON::State.new
begin
  state.generate(hash)
rescue => error
  puts error.message # => broken
end
hash["b"] = 1
p hash.size, state.depth
# => 2
# => 0

# An Array that changes while it is written.
class Emptier
  def initialize(list) = @list = list
  def to_json(*) = (@list.clear; "0")
end
list = [1, 2]
list.unshift(Emptier.new(list))
show(list) # => [0]

class Adder
  def initialize(hash) = @hash = hash
  def to_json(*) = (@hash["new"] = 1; "0")
end
hash = {}
hash["a"] = Adder.new(hash)
begin
  JSON.generate(hash)
rescue RuntimeError => error
  puts error.message # => can't add a new key into hash during iteration
end
p [1.to_json, nil.to_json, "a".to_json, {a: [1]}.to_json, :s.to_json, 1.5.to_json, true.to_json] # => ["1", "null", "\"a\"", "{\"a\":[1]}", "\"s\"", "1.5", "true"]
