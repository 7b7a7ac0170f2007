# SPDX-License-Identifier: MIT
# A rescue clause raises what the clause around takes: $! and causes are those of the clauses.
def twice(n)
  sum = i = 0
  while i < n
    begin
      begin
        raise ArgumentError, "first" if i.even?
        sum += 1
      rescue ArgumentError
        raise IOError, "second"
      end
    rescue IOError => e
      sum += e.message.size
      sum += 10 if ArgumentError === e.cause && e.equal?($!)
    end
    sum += 1000 if $!
    i += 1
  end
  sum
end
p twice(300) # => 2550
