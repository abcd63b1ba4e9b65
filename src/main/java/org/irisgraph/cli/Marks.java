package org.irisgraph.cli;

import java.nio.charset.Charset;
import org.irisgraph.check.Finding;
import org.jspecify.annotations.Nullable;

/** The marks of findings: signs, or words where the terminal or its encoding lacks the signs. */
record Marks(String good, String warning, String problem) {

  private static final Marks SIGNS = new Marks("✓", "!", "✗");
  private static final Marks WORDS = new Marks("ok  ", "warn", "FAIL");

  /** Those for the standard output of this process. */
  static Marks ofOutput() {
    Charset charset = Charset.defaultCharset();
    // As picocli chooses the encoding of its output.
    for (String property : new String[] {"stdout.encoding", "sun.stdout.encoding"}) {
      String name = System.getProperty(property);
      if (name != null && Charset.isSupported(name)) {
        charset = Charset.forName(name);
      }
    }
    return of(charset, System.getenv().get("TERM"));
  }

  /**
   * Those for an output.
   *
   * @param terminal the kind of terminal, as the variable TERM names it
   */
  static Marks of(Charset charset, @Nullable String terminal) {
    return charset.newEncoder().canEncode(SIGNS.good() + SIGNS.problem())
            && !"dumb".equals(terminal)
        ? SIGNS
        : WORDS;
  }

  String of(Finding.Status status) {
    return switch (status) {
      case GOOD -> good;
      case WARNING -> warning;
      case PROBLEM -> problem;
    };
  }
}
