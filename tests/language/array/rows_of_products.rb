# Rows of product and combination: empty lists, blocks that change the array.
p [1, 2].product, [1, 2].product([3, 4], [5]), [1].product([]), [].product([1]), [1, 2].product([3]) { |r| p r }, [1.5, 2.5].product(%w[a b]).last
p [1, 2, 3, 4].combination(2).to_a, [1, 2].combination(0).to_a, [1, 2].combination(3).to_a, [].combination(0).to_a, [1, 2, 3].combination(3).to_a, [1, 2].combination(-1).to_a, (1..6).to_a.combination(3).to_a.hash.class, (1..12).to_a.combination(6).sum { |c| c.inject { |a, b| a * 3 + b } }, [1, 2, 3].combination(2).size
a = [1, 2, 3]; r = []; a.combination(2) { |c| r << c; a.clear }; p r, a
a = [1, 2]; r = []; a.product([3, 4]) { |c| r << c; c << 9; a.clear }; p r
p (1..3).to_a.product((1..3).to_a, (1..2).to_a).size, [[1, 2], [3]].sum([]).product([nil, true]).flatten(1).size
