# SPDX-License-Identifier: MIT
# A key whose `hash` raises, stored by the program and by the library.
key = Object.new
def key.hash = raise("no hash")
def try
  p yield
rescue => e
  p e
end
try { {key => 1} } # => #<RuntimeError: no hash>
try { {}[key] = 1 } # => #<RuntimeError: no hash>
try { [1].to_h { [key, 2] } } # => #<RuntimeError: no hash>
try { {a: 1}.to_h { [key, 2] } } # => #<RuntimeError: no hash>
try { [1].each.to_h { [key, 2] } } # => #<RuntimeError: no hash>
