# Patterns that bind or ask for many names; a name twice is refused wherever it stands.
def error(text)
  eval(text)
  nil
rescue SyntaxError => e
  e.message[/duplicated \w+ name|illegal variable/]
end

names = (0...40).map { |i| "v#{i}" }
list = names.join(", ")
keys = names.map { |name| "#{name}:" }.join(", ")
p eval("case (0...40).to_a; in [#{list}] then v0 + v16 + v39; end") # => 55
p eval("case (0...40).to_h { |i| [:\"v\#{i}\", i] }; in {#{keys}} then v0 + v17 + v39; end") # => 56
[0, 15, 16, 17, 39].each do |i|
  p [error("case 1; in [#{list}, v#{i}]; else 0; end"), error("case 1; in {#{keys}, v#{i}: 1}; else 0; end"), error("case 1; in [#{list}, _a, _a]; else 0; end")]
end # => ["duplicated variable name", "duplicated key name", nil]
# => ["duplicated variable name", "duplicated key name", nil]
# => ["duplicated variable name", "duplicated key name", nil]
# => ["duplicated variable name", "duplicated key name", nil]
# => ["duplicated variable name", "duplicated key name", nil]
# The names of one pattern are free again in the next one, and those of an inner hash in the outer.
p error("case 1; in [#{list}] then 1; in [#{list}] then 2; else 3; end") # => nil
p error("case 1; in {a: {#{names.map { |name| "#{name}: 1" }.join(", ")}}, v0: 1, v39: 2}; else 3; end") # => nil
p error("case 1; in [#{list}, 1 | z]; end"), error("case 1; in {a: {a: {a: 1}}, a: 2}; end") # => "illegal variable"
# => "duplicated key name"
# Many names take no time to speak of.
many = (0...30_000).map { |i| "w#{i}" }
p error("case 1; in [#{many.join(",")}] then 1; in {#{many.map { |name| "#{name}: 1" }.join(",")}} then 2; else 3; end") # => nil
p Struct.new(*(0...20_000).map { |i| :"m#{i}" }).members.size # => 20000
