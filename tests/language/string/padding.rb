# SPDX-License-Identifier: MIT
# Pads of any length, repeated and cut; more of it than is appended at once.
p "ab".ljust(5, "xyz"), "ab".rjust(9, "xyz"), "ab".center(9, "xyz"), "é".center(6, "ü")
# => "abxyz"
# => "xyzxyzxab"
# => "xyzabxyzx"
# => "üüéüüü"
pads = [" ", "ü", "xy", "aéb", "0123456789" * 3, "#" * 64, "#" * 65]
pads.each do |pad|
  [63, 64, 65, 66, 130, 131, 200].each do |width|
    want = width - 1
    text = "|".ljust(width, pad)
    raise "#{pad} #{width}" unless text == "|" + (pad * want)[0, want]
    raise "#{pad} #{width}" unless "|".rjust(width, pad) == (pad * want)[0, want] + "|"
    raise "#{pad} #{width}" unless text.valid_encoding? && text.length == width
  end
end
p [1, 2.5, "x", nil].map { |v| Array.new(3, v).push(v).fill(v, 2, 4) }
# => [[1, 1, 1, 1, 1, 1], [2.5, 2.5, 2.5, 2.5, 2.5, 2.5], ["x", "x", "x", "x", "x", "x"], [nil, nil, nil, nil, nil, nil]]
