# SPDX-License-Identifier: MIT
# RbConfig: how the interpreter was built, as far as programs ask.
module RbConfig
  executable = File.realpath("/proc/self/exe")
  CONFIG = {
    "ruby_install_name" => File.basename(executable),
    "RUBY_INSTALL_NAME" => File.basename(executable),
    "bindir" => File.dirname(executable),
    "EXEEXT" => "",
    "MAJOR" => "4", "MINOR" => "0", "TEENY" => "0", "PATCHLEVEL" => "0",
    "ruby_version" => "4.0.0",
    "RUBY_PROGRAM_VERSION" => RUBY_VERSION,
    "host_os" => "linux-gnu", "target_os" => "linux", "build_os" => "linux",
    "host_cpu" => RUBY_PLATFORM.split("-").first, "target_cpu" => RUBY_PLATFORM.split("-").first,
    "arch" => RUBY_PLATFORM, "platform" => RUBY_PLATFORM,
    "SHELL" => "/bin/sh", "PATH_SEPARATOR" => ":", "OBJEXT" => "o", "DLEXT" => "so",
    "rubylibdir" => __dir__, "sitedir" => __dir__, "topdir" => __dir__, "prefix" => File.dirname(__dir__),
    "AR" => "ar", "STRIP" => "strip", "ENABLE_SHARED" => "no"
  }
  SIZEOF = { "int" => 4, "short" => 2, "long" => 8, "long long" => 8, "void*" => 8, "size_t" => 8,
             "time_t" => 8, "float" => 4, "double" => 8 }
  LIMITS = { "FIXNUM_MAX" => 2**62 - 1, "FIXNUM_MIN" => -2**62, "INT_MAX" => 2**31 - 1,
             "INT_MIN" => -2**31, "UINT_MAX" => 2**32 - 1, "LONG_MAX" => 2**63 - 1,
             "LONG_MIN" => -2**63, "ULONG_MAX" => 2**64 - 1, "CHAR_BIT" => 8 }
  TOPDIR = CONFIG["prefix"]

  def self.ruby = File.join(CONFIG["bindir"], CONFIG["ruby_install_name"])

  def self.expand(value, _config = CONFIG) = value
end
