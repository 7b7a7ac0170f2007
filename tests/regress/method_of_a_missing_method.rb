# SPDX-License-Identifier: MIT
# A Method of what method_missing answers for gets block and keywords of its calls, in any way that it
# is called; its arity and parameters are those of any arguments.
class Ghost
  def method_missing(name, *args, **keys, &block)
    return super unless name.start_with?("g")

    "#{name} #{args} #{keys.map { |key, value| "#{key}=#{value}" }} #{block ? block.call(1) : 0}"
  end

  def respond_to_missing?(name, all = false) = name.start_with?("g") || super
end

ghost = Ghost.new
method = ghost.method(:go)
puts method.call(2)                              # => go [2] [] 0
puts method.call(2, a: 1)                        # => go [2] ["a=1"] 0
puts method.call(a: 1) { |x| x + 1 }             # => go [] ["a=1"] 2
puts method.(*[1, 2], **{ b: 3 }) { |x| x * 5 }  # => go [1, 2] ["b=3"] 5
puts method.to_proc.call(7, c: 2) { |x| x + 2 }  # => go [7] ["c=2"] 3
puts method.unbind.bind_call(ghost, 3) { |x| x } # => go [3] [] 1
puts [4].map(&method)                            # => go [4] [] 0
puts ghost.public_method(:gone).call { |x| x }   # => gone [] [] 1
p method.arity, method.parameters                # => -1
# => [[:rest]]
20.times { |i| puts method.call(i, k: i) { |x| x + i } if i > 17 }
# => go [18] ["k=18"] 19
# => go [19] ["k=19"] 20
