# SPDX-License-Identifier: MIT
# JSON nested as deep as a hostile text can make it takes no stack; writing ends at a limit.
require "json"
deep = 100_000
p JSON.parse("[" * deep + "]" * deep, max_nesting: 0).size # => 1
p JSON.parse('{"a":' * deep + "1" + "}" * deep, max_nesting: 0).keys # => ["a"]
begin
  JSON.parse("[" * deep, max_nesting: 0)
rescue JSON::ParserError => error
  puts error.message # => unexpected end of input
end
begin
  JSON.parse("[" * deep)
rescue JSON::NestingError => error
  puts error.message # => nesting of 101 is too deep
end
value = JSON.parse("[" * (deep - 1) + "]" * (deep - 1), max_nesting: 0)
p JSON.generate(value, max_nesting: 0).size # => 199998
begin
  JSON.generate([[[value, 1], 1], 1], max_nesting: 0)
rescue SystemStackError => error
  puts error.message # => stack level too deep
end
