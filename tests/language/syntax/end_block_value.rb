# An END block is nil, whether it registers its block or has done so before.
p eval("END { }")                             # => nil
p (2.times.map { eval("x = (END { }); x") })  # => [nil, nil]
def last = eval("END { 1 }")
p last                                        # => nil
2.times { p(eval("[(END { })]")) }
# => [nil]
# => [nil]
values = [1, 2].map do
  END { puts "end" }
end
p values                                      # => [nil, nil]
# => end
