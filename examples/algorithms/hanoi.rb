# Towers of Hanoi, with the moves counted.
def move(n, from, to, via, log)
  return 0 if n.zero?
  count = move(n - 1, from, via, to, log)
  log << "#{n}: #{from}->#{to}" if log.size < 7
  count + 1 + move(n - 1, via, to, from, log)
end
log = []
puts move(10, :a, :c, :b, log)
puts log
