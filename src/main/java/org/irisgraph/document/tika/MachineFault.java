package org.irisgraph.document.tika;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.Optional;
import java.util.Set;

/** The machine, and not the document, is to blame that it was not parsed: the disk is full, say. */
final class MachineFault extends IOException {

  private static final long serialVersionUID = 1L;

  /**
   * What the operating system says in English, see {@link ParserProcess}. Only as the whole of a
   * message: those of parsers may quote the document.
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

  /** The fault that made a parser throw this, if it was one of the machine. */
  static Optional<MachineFault> behind(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (isFault(cause)) {
        return Optional.of(
            new MachineFault(cause.getClass().getSimpleName() + ": " + cause.getMessage()));
      }
    }
    return Optional.empty();
  }

  private static boolean isFault(Throwable cause) {
    if (cause instanceof FileSystemException) {
      return true;
    }
    String message = String.valueOf(cause.getMessage());
    if (cause instanceof FileNotFoundException) {
      // As FileOutputStream has it. That of POI about an entry that is missing ends otherwise.
      return MESSAGES.stream().anyMatch(known -> message.endsWith(" (" + known + ")"));
    }
    return cause instanceof IOException && MESSAGES.contains(message);
  }
}
