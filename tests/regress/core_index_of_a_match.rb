# SPDX-License-Identifier: MIT
# sub and gsub look into the match with the library's methods, whatever a program has made of these.
class MatchData
  def [](*) = :mine
  def string = :mine
end

def results(text)
  [text.sub(/\d/) { |digit| digit + "." }, text.gsub(/\d/) { |digit| digit + "." },
   text.gsub(/\d/, "1" => "one"), text.gsub(/\d/).to_a, text.sub!(/z/) { "" }, text.match(/q/)[0]]
end
p results(+"q12") # => ["q1.2", "q1.2.", "qone", ["1", "2"], nil, :mine]
p (0...200).map { |i| results(+"q1#{i % 2}") }.tally.values # => [100, 100]
