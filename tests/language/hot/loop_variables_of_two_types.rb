# SPDX-License-Identifier: MIT
# An inner loop's variables come round with other types than they began with: true or an Integer,
# an Integer or a Float, an Integer or a String.
def kinds(n)
  total = 0
  n.times do
    found = false
    x = 0
    text = 0
    j = 0
    while j < 5
      found = j if j == 3
      x = x == 0 ? 1.5 : x + 1
      text = j == 2 ? "two" : text
      j += 1
    end
    total += found + x + text.size
  end
  total
end
p kinds(300) # => 3450.0
