# SPDX-License-Identifier: MIT
# Runs programs under Ruby: reads each from standard input behind its length, and answers with its
# exit status, the length of its standard output and that output. A program has a process of its
# own, so that nothing it does outlives it, and no process has to start Ruby anew.

# Exit status of a program that says nothing of Ruby: one that Ruby 3.1 fails to compile, since
# unreachable code behind a jump makes it complain about its own stack, or that takes all memory.
CANNOT = 99

# Become a process that runs the program and nothing else.
def run(text, output)
  Process.setrlimit(Process::RLIMIT_CPU, 10)
  $stdin.reopen(File::NULL)
  $stdout.reopen(output)
  $stderr.reopen(File::NULL, "w")
  output.close
  $. = 0 # the program has read no line
  RubyVM::InstructionSequence.compile(text, "program.rb").eval
rescue SyntaxError => e
  exit!(CANNOT) if e.message.include?("stack underflow")
  raise
rescue NoMemoryError
  exit!(CANNOT)
end

# Addresses differ in every run.
def blot(text) = text.gsub(/(0x)(\h{8,})/i) { $1 + "." * $2.size }

$stdin.binmode
$stdout.binmode
while (size = $stdin.gets) && (text = $stdin.read(size.to_i))
  text.force_encoding(Encoding::UTF_8)
  reader, writer = IO.pipe
  pid = fork do
    reader.close
    run(text, writer)
  end
  writer.close
  output = blot(reader.read.b)
  reader.close
  _, status = Process.wait2(pid)
  $stdout.write("#{status.exitstatus || 128 + status.termsig} #{output.bytesize}\n", output)
  $stdout.flush
end
