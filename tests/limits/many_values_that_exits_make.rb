# SPDX-License-Identifier: MIT
# flags: --jit-inline-size=100000 --jit-exit-values=10000000
# More lists that nobody keeps than an exit could make: those beyond the limit are made, the others
# are right when the loop is left.
LISTS = 20
WIDTH = 25

fields = Array.new(WIDTH) { |k| "a#{k}" }
source = <<~RUBY
  class Wide
    attr_accessor #{fields.map { |f| ":#{f}" }.join(", ")}

    def initialize(i)
      #{fields.each_with_index.map { |f, k| "@#{f} = i + #{k}" }.join("; ")}
    end
  end

  def wide(n)
    #{Array.new(LISTS) { |j| "o#{j} = Wide.new(#{100 * j})" }.join("; ")}
    i = sum = 0
    while i < n
      #{Array.new(LISTS) { |j| "r#{j} = [o#{j}.#{fields.join(", o#{j}.")}]" }.join("; ")}
      o3.a3 = i
      o7.a9 += 1
      sum += r3[3] + r19[24]
      i += 1
    end
    [sum, r3[3], r7[9], r0.sum, r19.sum, r11.sum]
  end
RUBY
eval(source)
p wide(300) # => [622054, 298, 1008, 300, 47800, 27800]
