# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=2 --jit-log
# stderr: compiled
# A loop with so many activations around it that no loop around is looked for.
$sum = 0
def down(n)
  return down(n - 1) if n > 0
  i = 0
  while i < 300
    $sum += i
    i += 1
  end
end
3.times { down(80) }
p $sum # => 134550
