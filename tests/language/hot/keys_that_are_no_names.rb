# Keys of a last argument without braces, which are Symbols at times: keywords go to parameters,
# everything else is one Hash.
def keyed(list = nil, a: 0, **rest) = [list, a, rest]
def plain(list, options = {}) = [list, options]
def strict(a:) = a
def none(list, **nil) = list

def calls(i)
  key = [:a, "a", 1, :b][i % 4]
  [keyed(key => i), keyed([i], key => i), plain(1, key => i), plain(key => i, "z" => 0),
   [1].map { |x| keyed(x, key => x) }.first, begin
     strict(key => i)
   rescue ArgumentError => e
     e.message
   end, begin
     none(i, key => i)
   rescue ArgumentError => e
     e.message
   end]
end

calls(0).each { |line| p line == calls(0)[calls(0).index(line)] } # => true
# => true
# => true
# => true
# => true
# => true
# => true
seen = Array.new(4) { |i| calls(i).to_s.tr("=> ", "") }
60.times { |i| raise i.to_s if calls(i % 4).to_s.tr("=> ", "") != seen[i % 4] }
p keyed("a" => 1)[2].keys, keyed(a: 3)[1], plain(:x, :b => 2)[1].keys # => ["a"]
# => 3
# => [:b]
p calls(0)[5], calls(1)[5] # => 0
# => "missing keyword: :a"
p calls(2)[6] # => "no keywords accepted"
block = proc { |x, y = 5| [x, y] }
results = Array.new(50) { |i| block.call([i, 1], [:k, "k"][i % 2] => i) }
p results.all? { |x, y| x.is_a?(Array) && y.is_a?(Hash) } # => true
