# SPDX-License-Identifier: MIT
# Where several patterns were tried, the value itself is the message, as for raise: nil gives the
# name of the class.
def message(value)
  case value
  in 1 then nil
  in 2 then nil
  end
rescue NoMatchingPatternError => e
  e.message
end
p message(nil)      # => "NoMatchingPatternError"
p message("text")   # => "text"
p message([1, nil]) # => "[1, nil]"
