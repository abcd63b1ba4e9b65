package org.irisgraph.cli;

import java.nio.charset.Charset;
import org.irisgraph.check.Finding;
import org.jspecify.annotations.Nullable;

/** The marks of findings: signs, or words where the terminal or its encoding lacks the signs. */
record Marks(String good, String warning, String problem) {

  private static final Marks SIGNS = new Marks("✓", "!", "✗");
  private static final Marks WORDS = new Marks("ok  ", "warn", "FAIL");

  /** Those for the standard output of this process, whose encoding has a new name since JDK 19. */
  static Marks ofOutput() {
    String encoding =
        System.getProperty("sun.stdout.encoding", System.getProperty("stdout.encoding", ""));
    return of(
        !encoding.isEmpty() && Charset.isSupported(encoding)
            ? Charset.forName(encoding)
            : Charset.defaultCharset(),
        System.getenv("TERM"));
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
