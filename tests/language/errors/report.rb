# Exception#full_message: place, message, class, backtrace, causes.
def fail_twice
  raise ArgumentError, "second\nline", cause: @cause
end

begin
  raise "first"
rescue => e
  @cause = e
end

begin
  fail_twice
rescue => e
  puts e.full_message(highlight: false).gsub(/^\t?.*?(from )?[^ ]*(report.rb)/, '\1\2').gsub(/:\d+:/, ":N:").gsub("\n\n", "\n")
  # => report.rb:N:in 'Object#fail_twice': second (ArgumentError)
  # => line
  # =>   raise ArgumentError, "second\nline", cause: @cause
  # =>         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  # => from report.rb:N:in '<main>'
  # => report.rb:N:in '<main>': first (RuntimeError)
  puts e.detailed_message(error_highlight: false)
  # => second (ArgumentError)
  # => line
  p e.detailed_message(highlight: true, error_highlight: false) # => "\e[1msecond (\e[1;4mArgumentError\e[m\e[1m)\e[m\n\e[1mline\e[m"
end
p RuntimeError.new("").detailed_message # => "unhandled exception"
p TypeError.new("").detailed_message # => "TypeError"
