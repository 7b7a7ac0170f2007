# SPDX-License-Identifier: MIT
# Counts the words of a text and ranks them: scanning with a regular expression, splitting,
# lower-casing, counting in a hash, sorting. Bound by the library's strings and hashes.
require_relative "../harness"

WORDS = %w[
  a after again ago air all along also always and animal another answer any around ask away back
  be because before began being below between big book both boy but by call came can car carry
  change children city close come could country cut day did different does earth eat end enough
  even every example eye face family far father feet few find first follow food for form found
  four from get girl give go good great group grow had hand hard has have he head hear help her
].freeze

# How many words the text has.
TEXT_WORDS = 2000

# Choose words at random, always the same, the first ones more often; return their indices.
def choose_words
  random = 12_345
  Array.new(TEXT_WORDS) do
    random = random * 48_271 % 2_147_483_647
    random % (1 + random / 7 % WORDS.size)
  end
end

# Write the words as sentences of eight, two to a line.
def write_text(choice)
  sentences = choice.each_slice(8).map do |indices|
    words = indices.map { |index| WORDS[index] }
    words[3] += ","
    "#{words.join(' ').capitalize}."
  end
  sentences.each_slice(2).map { |pair| "#{pair.join(' ')}\n" }.join
end

CHOICE = choose_words.freeze
TEXT = write_text(CHOICE).freeze

# Count the words by scanning for them, and once more by splitting lines; `times` times.
def count_words(times)
  counts = Hash.new(0)
  times.times do
    TEXT.scan(/[A-Za-z]+/) { |word| counts[word.downcase] += 1 }
    TEXT.each_line do |line|
      line.split.each { |word| counts[word.downcase.delete(".,")] += 1 }
    end
  end
  counts.sort_by { |word, count| [-count, word] }
end

# The same list, from the choice of words.
def expected(times)
  counts = CHOICE.tally.map { |index, count| [WORDS[index], count * 2 * times] }
  counts.sort { |(word, count), (other, more)| [more, word] <=> [count, other] }
end

benchmark(60, ->(times) { count_words(times) },
          ->(times, ranking) { ranking == expected(times) })
