package org.irisgraph.document.tika;

import static java.util.Objects.requireNonNull;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.Optional;
import java.util.Set;
import org.irisgraph.base.Causes;

/** A document was not parsed because the machine failed, such as when the disk is full. */
final class MachineFault extends IOException {

  private static final long serialVersionUID = 1L;

  /**
   * The operating system's messages in English, see {@link ParserProcess}: the JDK passes no error
   * number on. They are compared with whole messages, since those of parsers may quote the
   * document.
   */
  private static final Set<String> MESSAGES =
      Set.of(
          "No space left on device",
          "There is not enough space on the disk",
          "Disk quota exceeded",
          "Disc quota exceeded",
          "Too many open files",
          "Too many open files in system",
          "Input/output error",
          "Read-only file system",
          "Cannot allocate memory");

  MachineFault(String message) {
    super(message);
  }

  @Override
  public String getMessage() {
    return requireNonNull(super.getMessage(), "the constructor takes a message");
  }

  /** The machine's fault among the causes of a parser's exception, if there is one. */
  static Optional<MachineFault> behind(Throwable thrown) {
    return Causes.of(thrown)
        .filter(MachineFault::isFault)
        .findFirst()
        .map(
            cause ->
                new MachineFault(cause.getClass().getSimpleName() + ": " + cause.getMessage()));
  }

  private static boolean isFault(Throwable cause) {
    if (cause instanceof FileSystemException) {
      return true;
    }
    String message = String.valueOf(cause.getMessage());
    if (cause instanceof FileNotFoundException) {
      // The form of FileOutputStream; POI throws the same class for a missing entry of an archive.
      return MESSAGES.stream().anyMatch(known -> message.endsWith(" (" + known + ")"));
    }
    return cause instanceof IOException && MESSAGES.contains(message);
  }
}
