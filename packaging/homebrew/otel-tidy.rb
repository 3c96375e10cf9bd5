# brew install --HEAD ./packaging/homebrew/otel-tidy.rb
class OtelTidy < Formula
  desc "Linter for OpenTelemetry tracing in C and C++"
  homepage "https://github.com/otel-tidy/otel-tidy"
  license "Apache-2.0"
  head "https://github.com/otel-tidy/otel-tidy.git", branch: "main"

  depends_on "pkgconf" => :build
  depends_on "cjson"
  depends_on "libfyaml"
  depends_on "llvm" # headers to build with; the library is opened when it runs

  def install
    system "make", "install", "DEPS=skip", "CC=#{ENV.cc}", "PREFIX=#{prefix}"
  end

  test do
    (testpath/"pay.c").write <<~C
      #include <otel-tidy/annotations.h>
      #include <unistd.h>
      OTEL_CRITICAL_PATH("pay")
      int pay(int fd)
      {
      	return (int)write(fd, "x", 1);
      }
    C
    report = shell_output("#{bin}/otel-tidy check pay.c --format agent -- -std=c17 -I#{include}", 1)
    assert_match "[missing-span]", report
  end
end
