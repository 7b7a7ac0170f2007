# SPDX-License-Identifier: MIT
# A constant that a module around the code loads when it is named.
module Nested
  autoload :Loaded, File.join(__dir__, "fixtures/autoloaded.rb")
  class Inner
    def self.ask = Loaded
  end
end
p Nested::Inner.ask, Nested::Inner.ask
# => :loaded
# => :loaded
