# Messages of NameError, TypeError and ArgumentError show the piece of source they are about.
def show
  yield
rescue StandardError => e
  text = e.detailed_message.lines.drop(1).reject { |line| line == "\n" }
  text.map { |line| line.sub(/: .*(source_snippets.rb):\d+/, ': \\1') }
end

def add(a, b) = a + b

puts show { nil.foo(1) }
# => puts show { nil.foo(1) }
# =>                ^^^^
puts show { nowhere }
# => puts show { nowhere }
# =>             ^^^^^^^
puts show { Nowhere }
# => puts show { Nowhere }
# =>             ^^^^^^^
puts show { String::Nowhere }
# => puts show { String::Nowhere }
# =>                   ^^^^^^^^^
puts show { 1 + nil }
# => puts show { 1 + nil }
# =>                 ^^^
puts show { nil[1] }
# => puts show { nil[1] }
# =>                ^^^
puts show { nil.x = 1 }
# => puts show { nil.x = 1 }
# =>                ^^^^
puts show { raise ArgumentError, "x" }
# => puts show { raise ArgumentError, "x" }
# =>                   ^^^^^^^^^^^^^^^^^^
puts show { raise "plain" }
puts show { add(1) }
# =>     caller: source_snippets.rb
# =>     | puts show { add(1) }
# =>                   ^^^
# =>     callee: source_snippets.rb
# =>     | def add(a, b) = a + b
# =>           ^^^
