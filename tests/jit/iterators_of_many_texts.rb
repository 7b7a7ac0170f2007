# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=20
# Iterators have a region for each text that calls them; of very many the oldest are forgotten.
sum = 0
300.times { |k| sum += eval("s = 0; 30.times { |i| s += i + #{k} }; s") }
p sum # => 1476000
