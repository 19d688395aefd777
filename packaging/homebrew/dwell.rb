# packaging/build fills this in: target/packages/dwell.rb
class Dwell < Formula
  desc "One lesson a day, and a place to dwell on it"
  homepage "@REPOSITORY@"
  version "@VERSION@"
  license any_of: ["MIT", "Apache-2.0"]

  on_macos do
    on_arm do
      url "@ADDRESS@/dwell-aarch64-macos.tar.gz"
      sha256 "@SHA256:aarch64-macos@"
    end
    on_intel do
      url "@ADDRESS@/dwell-x86_64-macos.tar.gz"
      sha256 "@SHA256:x86_64-macos@"
    end
  end

  on_linux do
    on_arm do
      url "@ADDRESS@/dwell-aarch64-linux.tar.gz"
      sha256 "@SHA256:aarch64-linux@"
    end
    on_intel do
      url "@ADDRESS@/dwell-x86_64-linux.tar.gz"
      sha256 "@SHA256:x86_64-linux@"
    end
  end

  def install
    bin.install "bin/dwell"
    man1.install Dir["share/man/man1/*.1"]
    bash_completion.install "share/bash-completion/completions/dwell"
    zsh_completion.install "share/zsh/site-functions/_dwell"
    fish_completion.install "share/fish/vendor_completions.d/dwell.fish"
    # brew knows what it installed.
    rm "share/doc/dwell/install.sh"
    doc.install Dir["share/doc/dwell/*"]
  end

  test do
    ENV["DWELL_NOW"] = "2026-11-22T07:00:00+00:00"
    assert_match "1 of 5", shell_output("#{bin}/dwell today")
    system bin/"dwell", "write", "words"
    assert_match "words", shell_output("#{bin}/dwell show")
  end
end
