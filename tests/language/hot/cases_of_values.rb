# SPDX-License-Identifier: MIT
# `case` of Floats, and by patterns that are variables.
def kinds(list, n)
  sum = i = 0
  while i < n
    case list[i & 1]
    when Integer then sum += 100
    when Float then sum += 1
    end
    i += 1
  end
  sum
end
p kinds([1.5, 2.5], 300) # => 300
p kinds([1.5, 2], 300) # => 15150

def symbols(list, n)
  sum = i = 0
  while i < n
    wanted = list[i % 3]
    case list[i % 2]
    when wanted then sum += 1
    end
    i += 1
  end
  sum
end
p symbols(%i[a b c], 300) # => 100
p symbols(["a", :b, "c"], 300) # => 100
