# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=50 --jit-calls=100000 --jit-log
# stderr-count: 0 is not compiled
# What shares the buffer of an Array keeps its elements when the Array is written to afterwards, in the
# same code, which knew the Array's flags from before.
def sliced(list, k)
  all = list.map { |x| x + k }
  parts = []
  i = 0
  all.each_slice(100) do |part|
    i += 1
    all[i + 4] = -i
    parts << part
  end
  parts[0][0, 16].sum + parts[9][99]
end

def dropped(list, k)
  all = list.map { |x| x + k }
  all[3] = 1
  rest = all.drop_while { |x| x < 10 }
  all[900] = -7
  [rest.index(-7), all[900]]
end

def spread(list, k)
  all = list.map { |x| x + k }
  all[3] = 1
  first, *rest = all
  all[500] = -7
  [first, rest[499], all[500]]
end

LIST = Array.new(1000) { |i| i }.freeze
300.times { |k| sliced(LIST, k) + dropped(LIST, k).size + spread(LIST, k).size }
p sliced(LIST, 7), dropped(LIST, 7), spread(LIST, 7)
# => 1238
# => [nil, -7]
# => [7, 507, -7]
