# SPDX-License-Identifier: MIT
# Writes a nested document as JSON text, plain and indented, and reads both back. Bound by the
# library's JSON.
require "json"
require_relative "../harness"

# How many orders the document has.
ORDERS = 100

# An order with values of every kind that JSON knows; characters that must be escaped among them.
def order(number)
  {
    "id" => number,
    "customer" => "Customer \"#{number}\"\n\tof the north",
    "paid" => number.even?,
    "discount" => number % 3 == 0 ? nil : number * 0.25,
    "address" => { "street" => "Grüner Weg #{number}", "city" => "Łódź", "code" => "0#{number}" },
    "lines" => Array.new(number % 5 + 1) do |i|
      { "article" => "A-#{i}", "pieces" => i * number, "price" => i + 0.5, "tags" => ["x", "\\y"] }
    end
  }
end

DOCUMENT = {
  "orders" => Array.new(ORDERS) { |number| order(number) },
  "limits" => [0, -1, 2**53, -2**31, 1.5e300, -2.5e-7]
}.freeze

# Write and read so often; return what was read last and how many bytes were written.
def round_trips(times)
  read = nil
  bytes = 0
  times.times do
    plain = JSON.generate(DOCUMENT)
    indented = JSON.pretty_generate(DOCUMENT)
    read = [JSON.parse(plain), JSON.parse(indented)]
    bytes += plain.bytesize + indented.bytesize
  end
  [read, bytes]
end

# The lengths of the plain and the indented text, as `ruby` writes them.
BYTES = 34_452 + 75_597

benchmark(60, ->(times) { round_trips(times) },
          ->(times, (read, bytes)) { read == [DOCUMENT, DOCUMENT] && bytes == BYTES * times })
