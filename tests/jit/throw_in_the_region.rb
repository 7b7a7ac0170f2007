# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=20 --jit-optimize=1000000000 --jit-log --jit-stats
# stderr: loop at line 44: compiled
# stderr-count: 0 is not compiled
# stderr-count: 1 left          1 times
# A throw whose catch is in the region is a jump: out of blocks, of methods and through the library's
# iterators, to the innermost catch of its tag. The loop is left once, at its end.
def first(list, n)
  catch(:found) do
    list.each { |x| throw :found, x if x > n }
    nil
  end
end

def outer(n)
  catch(:out) do
    catch(:in) do
      throw :out, n if n.odd?
      throw :in
    end
    -1
  end
end

def anonymous(n)
  catch { |tag| throw tag, n + 1 }
end

def leave(n) = throw(:far, n * 2)

def far(n)
  catch(:far) do
    leave(n)
    5
  end
end

def none(n) = catch(:never) { n }

def sum(n)
  list = [1, 2, 3, 4]
  i = total = 0
  while i < n
    total += first(list, i % 4) || 100
    total += outer(i) + anonymous(i) + far(i) + none(i)
    i += 1
  end
  total
end
p sum(1000) # => 2251000
