# SPDX-License-Identifier: MIT
# C functions that walk nested data raise where a fiber's small stack ends.
list = []
60_000.times { list = [list] }

def in_fiber
  Fiber.new do
    yield
    :done
  rescue SystemStackError, RegexpError => error
    error.class
  end.resume
end

p in_fiber { list.join } # => SystemStackError
p in_fiber { list * "," } # => SystemStackError
p in_fiber { File.open(File::NULL, "w") { |file| file.puts list } } # => SystemStackError
p in_fiber { File.join(list) } # => SystemStackError
p in_fiber { Marshal.dump(list) } # => SystemStackError
text = "\x04\x08#{"[\x06" * 60_000}0".b
p in_fiber { Marshal.load(text) } # => SystemStackError
p Marshal.load(text).size # => 1

def nested(levels) = in_fiber { Regexp.new("#{"(?:a|" * levels}b#{")" * levels}").match?("b") }
p nested(400) # => :done
p nested(3000) # => RegexpError
p in_fiber { Regexp.new("(?i)" * 4000) } # => RegexpError
p Regexp.new("(?i)" * 1500).match?("A") # => true
