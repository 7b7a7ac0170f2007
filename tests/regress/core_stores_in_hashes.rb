# SPDX-License-Identifier: MIT
# What a program makes of Hash#[]= does not change what the library does.
class Hash
  def []=(key, value)
    raise "stored"
  end
end
class Own < Hash
  def []=(key, value)
    raise "own"
  end
end
p [1, 2, 3].group_by(&:odd?) # => {true => [1, 3], false => [2]}
p %w[a b a].tally # => {"a" => 2, "b" => 1}
p({ a: 1 }.merge({ b: 2 }), { a: 1 }.transform_values { |v| v + 1 }) # => {a: 1, b: 2}
# => {a: 2}
p Own.new.update({ a: 1 }) # => {a: 1}
p [[1, 2]].to_h { |a, b| [b, a] }, [1].each_with_object({}).to_a # => {2 => 1}
# => [[1, {}]]
begin
  {}[:a] = 1
rescue => e
  p e.message # => "stored"
end
begin
  { a: 1 }.freeze.update({ b: 2 })
rescue => e
  p e.class # => FrozenError
end
