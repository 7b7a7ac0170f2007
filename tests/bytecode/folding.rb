# Folds stand before their unfolded form; code that nothing reaches is left out.
def folded
  [2 + 3 * 4, -(5), 1 < 2, "a#{1}", "b#{"c"}", 1 / 0, 1 << 70]
end

def chosen(x)
  if nil
    x.never
  elsif :symbol
    x.always
  end
  x.body while false
  y = true && x
  return y unless false
  x.behind
end

def known(x)
  case x
  in Integer then 1
  in String then 2
  end
end

# Receivers that need not be made each time.
def shared(x)
  [[1, 2].include?(x), "%d" % x, [1, x].include?(2), [1, 2].map { |y| y }, [1, 2].map, ["a"].sum]
end
