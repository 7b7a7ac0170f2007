# SPDX-License-Identifier: MIT
# hash[key] is an instruction, which backtraces do not show, also when it asks a Proc; hash.fetch and
# the index of a class of its own are calls.
class Table < Hash
end

def lacks(key) = key == 180 ? raise(KeyError, "no #{key}") : key

def labels(rounds, table)
  rounds.times do |i|
    begin
      table[i]
    rescue KeyError => e
      return e.backtrace.map { |line| line[/'(.*)'/, 1] }.first(3)
    end
  end
end

[Hash, Table].each do |type|
  p labels(200, type.new { |_, key| lacks(key) })
end
# => ["Object#lacks", "block (2 levels) in <main>", "block in Object#labels"]
# => ["Object#lacks", "block (2 levels) in <main>", "Hash#[]"]
