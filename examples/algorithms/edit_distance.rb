# Levenshtein's distance by dynamic programming; longest common subsequence.
def distance(a, b)
  row = (0..b.length).to_a
  a.each_char.with_index(1) do |x, i|
    previous, row[0] = row[0], i
    b.each_char.with_index(1) do |y, j|
      previous, row[j] = row[j], [row[j] + 1, row[j - 1] + 1, previous + (x == y ? 0 : 1)].min
    end
  end
  row.last
end

def common(a, b)
  return "" if a.empty? || b.empty?
  @memo ||= {}
  @memo[[a, b]] ||= if a[-1] == b[-1] then common(a[0..-2], b[0..-2]) + a[-1]
                    else [common(a[0..-2], b), common(a, b[0..-2])].max_by(&:length)
                    end
end
[%w[kitten sitting], %w[flaw lawn], ["", "abc"]].each { |a, b| puts "#{a.inspect} #{b.inspect} #{distance(a, b)}" }
puts common("thisisatest", "testing123")
