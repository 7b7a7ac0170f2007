# Count words, most frequent first.
text = <<~TEXT
  The quick brown fox jumps over the lazy dog.
  The dog barks; the fox runs away. Quick, quick!
TEXT

counts = text.downcase.scan(/[a-z]+/).tally
counts.sort_by { |word, n| [-n, word] }.first(5).each do |word, n|
  puts "#{word.ljust(8)} #{"*" * n} #{n}"
end
