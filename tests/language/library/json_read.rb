# SPDX-License-Identifier: MIT
# JSON.parse: every kind of value, options, errors with their places.
require "json"

def show(text, **options)
  p JSON.parse(text, options)
rescue JSON::JSONError => error
  puts "#{error.class}: #{error.message}"
end

show(' [ 0 , -0 , -1.5e-3, 1E2 , 123456789012345678901234567890 ] ') # => [0, 0, -0.0015, 100.0, 123456789012345678901234567890]
show("999999999999999999") # => 999999999999999999
show("-4611686018427387905") # => -4611686018427387905
show("0.1") # => 0.1
show("123456789.123456789") # => 123456789.12345679
show("1e400") # => Infinity
show('"\\"\\\\\\/\\b\\f\\n\\r\\t\\u0041\\u00e9\\q"') # => "\"\\/\b\f\n\r\tAéq"
show('"\\ud83d\\ude00 \\u20AC"') # => "😀 €"
p JSON.parse('"\\ud83dx"').bytes # => [237, 160, 189, 120]
show('"\\ud83d\\ud83d\\ude00"') # => "\xED\xA0\xBD😀"
show('"' + "long " * 10 + '\\u0021"') # => "long long long long long long long long long long !"
show('{"a":1,"b":{"c":[]},"a":{}}') # => {"a" => {}, "b" => {"c" => []}}
show('{"a key that is longer than what is remembered":1,"":2,"é":3}') # => {"a key that is longer than what is remembered" => 1, "" => 2, "é" => 3}
show("/* a */ [ // b\n 1 ] //") # => [1]
show('[{"k":1},{"k":2}]', symbolize_names: true) # => [{k: 1}, {k: 2}]
show("[NaN, Infinity, -Infinity]", allow_nan: true) # => [NaN, Infinity, -Infinity]
show("[1.5, 2]", decimal_class: Rational) # => [(3/2), 2]
p JSON.parse('{"a":["x",1.5]}', freeze: true).then { |v| [v, v["a"], v["a"][0]].map(&:frozen?) } # => [true, true, true]
keys = JSON.parse('[{"k":1},{"k":2}]').map { |hash| hash.keys[0] }
p keys[0].equal?(keys[1]), keys[0].frozen?
# => true
# => true

class Table < Hash
end

class List < Array
end
value = JSON.parse('{"a":[{"b":1}]}', object_class: Table, array_class: List)
p value.class, value["a"].class, value["a"][0].class, value
# => Table
# => List
# => Table
# => {"a" => [{"b" => 1}]}

show("") # => JSON::ParserError: unexpected end of input
show("[1,") # => JSON::ParserError: unexpected end of input
show("[1 2]") # => JSON::ParserError: expected ',' or ']' after array value at '2]' line 1 column 4
show("{\n  \"a\" 1}") # => JSON::ParserError: expected ':' after object key at '1}' line 2 column 7
show('{"a":1 "b"}') # => JSON::ParserError: expected ',' or '}' after object value at '"b"}' line 1 column 8
show("{1:2}") # => JSON::ParserError: expected object key at '1:2}' line 1 column 2
show("[1]]") # => JSON::ParserError: unexpected token at ']' line 1 column 4
show("01") # => JSON::ParserError: unexpected token at '1' line 1 column 2
show("-") # => JSON::ParserError: unexpected token at '-' line 1 column 1
show("1.") # => JSON::ParserError: unexpected token at '.' line 1 column 2
show("nul") # => JSON::ParserError: unexpected token at 'nul' line 1 column 1
show("NaN") # => JSON::ParserError: unexpected token at 'NaN' line 1 column 1
show("\"a\nb\"") # => JSON::ParserError: unexpected token at '"a
# => b"' line 1 column 1
show('"abc') # => JSON::ParserError: unexpected token at '"abc' line 1 column 1
show('["é\\u12"]') # => JSON::ParserError: incomplete unicode character escape sequence at '\u12"]' line 1 column 5
show("/* never closed") # => JSON::ParserError: unexpected token at '/* never closed' line 1 column 1
show("[[1]]", max_nesting: 1) # => JSON::NestingError: nesting of 2 is too deep
show("[" * 101 + "]" * 101) # => JSON::NestingError: nesting of 101 is too deep
begin
  JSON.parse(nil)
rescue TypeError => error
  puts error.message # => no implicit conversion of nil into String
end

# Other encodings.
p JSON.parse('{"é":1}'.encode("UTF-16LE")) # => {"é" => 1}
p JSON.parse("[\"\xC3\xA9\"]".b) # => ["é"]
p JSON.parse("[\"\xFF\"]")[0].valid_encoding? # => false
