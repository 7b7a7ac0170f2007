# Palindromes, ignoring case and punctuation.
def palindrome?(text)
  letters = text.downcase.delete("^a-z")
  letters == letters.reverse
end

["A man, a plan, a canal: Panama", "Was it a car or a cat I saw?", "Not this one"].each do |text|
  puts "#{palindrome?(text) ? "yes" : "no "}  #{text}"
end
