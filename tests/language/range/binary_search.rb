# Searching Ranges of Integers, of any size and without an end, and of Floats; the block says true
# or false, or a number, and may leave.
p((0...2000).bsearch { |v| v >= 777 }) # => 777
p((0..10).bsearch { |v| 5 <=> v }) # => 5
p((0..10).bsearch { |v| v > 20 }) # => nil
p((1..).bsearch { |v| v > 1000 }) # => 1001
p((..5).bsearch { |v| v > -1000 }) # => -999
p((0.0..20.0).bsearch { |y| y * y >= 3 }) # => 1.7320508075688774
p((0..10).bsearch { nil }) # => nil
p((0..4).bsearch { |v| 2.5 <=> v }) # => nil
p((1..).bsearch { |v| 77 <=> v }) # => 77
p((..5).bsearch { |v| -77 <=> v }) # => -77
p((0..10).bsearch { |v| break v * 100 if v == 5 }) # => 500
p((3...3).bsearch { true }) # => nil
p((2**70..2**71).bsearch { |v| v > 2**70 + 5 }) # => 1180591620717411303430
begin
  (0..3).bsearch { "x" }
rescue TypeError => e
  puts e.message # => wrong argument type String (must be numeric, true, false or nil)
end
begin
  (0..).bsearch { "x" }
rescue TypeError => e
  puts e.message # => wrong argument type String (must be numeric, true, false or nil)
end
p (0..3).bsearch.class # => Enumerator
p (-10..10).bsearch { |v| v >= -3 } # => -3
def leaves = (0..100).bsearch { |v| return v if v < 20; v > 60 }
p leaves # => 61
