# SPDX-License-Identifier: MIT
# More than 65,536 locals, parameters, parts of a text or targets of an assignment, in every engine.
# What the stack has no room for is a SystemStackError.
COUNT = 66_000
LAST = COUNT - 1
def names(suffix = "") = (0...COUNT).map { |i| "a#{i}#{suffix}" }.join(",")
def try
  yield
rescue ArgumentError, SystemStackError => error
  puts error.message
end

eval("def locals\n#{(0...COUNT).map { |i| "a#{i} = #{i}\n" }.join} [a0, a#{LAST}]\nend")
p locals # => [0, 65999]
eval("def captured\n#{(0...COUNT).map { |i| "a#{i} = #{i}\n" }.join} 2.times { a#{LAST} += 1 }\n a#{LAST}\nend")
p captured # => 66001

eval("def required(#{names}) = a#{LAST}")
p method(:required).arity, required(*0...COUNT)
# => 66000
# => 65999
try { required(1) } # => wrong number of arguments (given 1, expected 66000)
eval("def optional(#{names(" = 7")}) = a#{LAST}")
p optional, optional(*0...COUNT)
# => 7
# => 65999
try { optional(*0..COUNT) } # => wrong number of arguments (given 66001, expected 0..66000)
eval("def behind(*list, #{names}) = [list.size, a#{LAST}]")
p method(:behind).arity, behind(*0..COUNT)
# => -66001
# => [1, 66000]
try { behind(1) } # => wrong number of arguments (given 1, expected 66000+)
eval("def keys(#{names(": 7")}) = a#{LAST}")
p keys(a65999: 8) # => 8
p eval("proc { |#{names}| a#{LAST} }").call(Array.new(COUNT) { |i| i }) # => 65999

x = 1
p eval('"' + '#{x}' * COUNT + '"').size, eval('/' + 'a#{x}' * COUNT + '/').source.size
# => 66000
# => 132000
eval("#{names} = [*0...COUNT]; p a#{LAST}") # => 65999
eval("#{names} = #{(0...COUNT).to_a.join(",")}; p a#{LAST}") # => 65999
eval("(#{names}), *rest, last = [*0...COUNT], 1, 2; p [a#{LAST}, rest, last]") # => [65999, [1], 2]

# In a fiber whose stack is half full.
def below(levels, &block)
  a = b = c = d = e = f = g = h = levels
  levels == 0 ? block.call : below(levels - 1, &block)
end
Fiber.new do
  below(1400) do
    try { locals } # => stack level too deep
    try { eval('"' + '#{x}' * COUNT + '"') } # => stack level too deep
  end
end.resume
