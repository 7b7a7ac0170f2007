# SPDX-License-Identifier: MIT
# Lists that calls make and take apart where both are built in place, and those that they get.
def tail(*rest) = [0, *rest].sum
def both(**options) = { **options, b: 2 }
def option(**options) = options[:b] || options[:a]
def ends(list)
  first, *, last = list
  first * 10 + last
end

def lists(n, list)
  sum = i = 0
  while i < n
    sum += tail(i, i + 1) + both(a: i)[:b] + both(b: i).size + option(a: i) + ends(list)
    i += 1
  end
  sum
end
p lists(300, [1, 2, 3, 4]) # => 139950
p lists(300, [1, 2]) # => 139350
p lists(300, [6, 7, 8]) # => 156150

def names(n)
  i = sum = 0
  while i < n
    sum += :"k#{i % 11}".length
    i += 1
  end
  sum
end
p names(300) # => 627
