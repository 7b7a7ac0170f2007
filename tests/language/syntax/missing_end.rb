# SPDX-License-Identifier: MIT
# A missing `end` is reported at the end of the file, with a hint where it may belong.
# stderr: hint: the construct at line 6 may be the one that lacks its `end`
class Account
  def deposit(amount)
    if amount > 0
      @balance += amount
    unless @quiet
      puts "deposited"
    end
  end
end # syntax error: expecting 'end' to close `class`
