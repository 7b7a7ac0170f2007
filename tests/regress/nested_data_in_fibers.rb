# SPDX-License-Identifier: MIT
# C functions that walk nested data raise where a fiber's small stack ends. The walker's fibers have
# larger ones, which may do.
list = []
25_000.times { list = [list] }

def in_fiber
  Fiber.new do
    yield
    :done
  rescue SystemStackError, RegexpError => error
    error.class
  end.resume
end

def ends?(&walk) = [SystemStackError, :done].include?(in_fiber(&walk))

p ends? { list.join } # => true
p ends? { list * "," } # => true
p ends? { File.open(File::NULL, "w") { |file| file.puts list } } # => true
p ends? { File.join(list) } # => true
p ends? { Marshal.dump(list) } # => true
text = "\x04\x08#{"[\x06" * 25_000}0".b
p ends? { Marshal.load(text) } # => true
p Marshal.load(text).size # => 1

def nested(levels) = in_fiber { Regexp.new("#{"(?:a|" * levels}b#{")" * levels}").match?("b") }
p nested(400) # => :done
p nested(3000) # => RegexpError
p in_fiber { Regexp.new("(?i)" * 4000) } # => RegexpError
p Regexp.new("(?i)" * 1500).match?("A") # => true
