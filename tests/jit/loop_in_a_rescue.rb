# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=2 --jit-log --dump=ir
# stderr: loop at line 13: compiled
# stderr-count: 0 call.send
# A loop whose first instruction stands behind the mark of a `begin` is compiled from there on: it
# once became an exit to the code of its `rescue`.
def quotients
  found = []
  i = 0
  while i < 20
    begin
      # The recorder begins here.
      found << 100 / (i - 15)
    rescue ZeroDivisionError => e
      found << e.message
    end
    i += 1
  end
  found
end
p quotients.sum(&:size) # => 164
