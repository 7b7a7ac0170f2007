# SPDX-License-Identifier: MIT
# JSON: reading, writing, errors.
require "json"
p JSON.parse('{"a": [1, -2.5e3, "x\\n\\u00e9\\ud83d\\ude00"], "b": {"c": null, "d": true}}') # => {"a" => [1, -2500.0, "x\né😀"], "b" => {"c" => nil, "d" => true}}
p JSON.parse('{"a":{"b":1}}', symbolize_names: true) # => {a: {b: 1}}
puts JSON.generate({"a" => [1, 2.5, nil, true, "é\n\"\\"], b: {c: :d}, 1 => []}) # => {"a":[1,2.5,null,true,"é\n\"\\"],"b":{"c":"d"},"1":[]}
puts [1, "a", nil, {x: 1.0}].to_json # => [1,"a",null,{"x":1.0}]
puts JSON.generate("k" => "v") # => {"k":"v"}
p JSON.pretty_generate({"a" => [1, {"b" => 2}], "c" => {}}) # => "{\n  \"a\": [\n    1,\n    {\n      \"b\": 2\n    }\n  ],\n  \"c\": {}\n}"
p JSON.dump([1]) # => "[1]"
p JSON.load("[2]") # => [2]
p((JSON.parse('{"a":}') rescue $!.class)) # => JSON::ParserError
p((JSON.parse("[1,") rescue $!.class)) # => JSON::ParserError
p((JSON.generate(Float::NAN) rescue $!.class)) # => JSON::GeneratorError
