# SPDX-License-Identifier: MIT
# A block that C calls and that runs in machine code is still that block when a call for which its
# frame was made has come back: what leaves then finds its locals outside.
def last_digits(rounds)
  found = []
  i = 0
  while i < rounds
    found << catch(:t) { case "s#{i}" when /s(\d)1/ then $1 end }
    i += 1
  end
  found.compact.join(" ")
end
p last_digits(120) # => "1 2 3 4 5 6 7 8 9 1 1 1 1 1 1 1 1 1 1"
