# Binary search as a guessing game.
def guess(secret, range)
  tries = 0
  low, high = range.begin, range.end
  loop do
    tries += 1
    middle = (low + high) / 2
    case middle <=> secret
    when 0 then return [middle, tries]
    when -1 then low = middle + 1
    else high = middle - 1
    end
  end
end

[1, 42, 77, 100].each { |n| puts "%d found in %d tries" % guess(n, 1..100) }
