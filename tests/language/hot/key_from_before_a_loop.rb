# SPDX-License-Identifier: MIT
# The key of a literal Hash stands in the state of a loop that is built in place: it is the same one
# behind it.
list = [1, 2, 3]
none = nil
rounds = 0
loop do
  rounds += 1
  found = {k: list.map { |x| none }}.fetch(:k)
  p found if rounds == 40
  break if rounds == 40
end
# => [nil, nil, nil]
