# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=100 --jit-calls=100000 --jit-log
# stderr-count: 0 is not compiled
# stderr-count: 0 by the protocol
# stderr-count: 8 : compiled:
# What sets the last match is called from machine code, and sets it where the method has it.
LIST = ["abc 12", "xyz", "k9", "", "hello world 7"]

def operators(rounds)
  sum = i = 0
  while i < rounds
    text = LIST[i % 5]
    sum += $1.to_i + $~.begin(0) + $`.size if text =~ /([0-9]+)/
    sum += $&.size if /[a-z]+/ =~ text
    sum += 1 if text !~ /x/ && $~
    sum += text[/[a-z]+/].to_s.size + $'.to_s.size
    sum += text.index(/ /).to_i
    found = text.match(/(?<first>[a-z])(.)?/)
    sum += 1 if found == $~ && found && Regexp.last_match(1) == found[:first]
    /(?<word>[a-z]+) / =~ text && sum += word.size
    i += 1
  end
  sum
end
p operators(600) # => 14160

def substitutions(rounds)
  sum = i = 0
  while i < rounds
    text = LIST[i % 5]
    sum += text.sub(/[a-z]/, "<\\0>").size
    sum += $&.size if $~
    sum += text.gsub(/[0-9]/) { |digit| digit * $&.to_i }.size
    sum += text.scan(/[a-z]+/).size
    sum += $~.end(0) if $~
    i += 1
  end
  sum
end
p substitutions(600) # => 11760

def cases(rounds)
  sum = i = 0
  while i < rounds
    case i % 7 == 0 ? i : LIST[i % 5]
    when /^a.*(1)/, /^k(.)/ then sum += $1.to_i
    when /7\z/ then sum += $`.size
    else sum += $~ ? 1000 : 1
    end
    i += 1
  end
  sum
end
p cases(600) # => 2557

# The block's matches are the method's, those of a method that it calls are not.
def digit(text) = text =~ /([0-9])/ ? $1.to_i : 0

def in_a_block(rounds)
  sum = 0
  rounds.times do |i|
    LIST[i % 5] =~ /[a-z]+/
    digit(LIST[i % 5])
    sum += $~ ? $&.size : 0
  end
  [sum, $&]
end
p in_a_block(600) # => [1440, "hello"]

# Nothing here looks at the match: none is made.
def unseen(rounds)
  sum = i = 0
  while i < rounds
    sum += 1 if LIST[i % 5] =~ /[0-9]/
    case LIST[i % 5]
    when /x/ then sum += 10
    end
    i += 1
  end
  sum
end
p unseen(600) # => 1560

# What raises is seen where it is, with the last match as it was.
def raises(rounds)
  lines = []
  rounds.times do |i|
    "a1" =~ /1/
    (i % 200 == 199 ? "\xff" : "ok") =~ /(o)(k)/
  rescue ArgumentError => error
    lines << "#{$&} #{error.message} #{error.backtrace[0][/\d+:in.*/]}"
  end
  lines.uniq
end
puts raises(600) # => 1 invalid byte sequence in UTF-8 89:in 'String#=~'

# A method that comes to be the program's own is called from the next round on.
def redefined(rounds)
  sum = i = 0
  while i < rounds
    sum += ("ab" =~ /b/)
    case "ab"
    when /b/ then sum += 1
    end
    if i == 500
      String.define_method(:=~) { |_| 1000 }
      Regexp.define_method(:===) { |_| false }
    end
    i += 1
  end
  sum
end
p redefined(600) # => 100002
