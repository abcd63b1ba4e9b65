package org.irisgraph.base;

import java.nio.file.FileSystemException;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Recognises a full disk, which Java, H2 and PostgreSQL report by the message of the operating
 * system alone, and IRIS by an error of its own.
 */
public final class FullDisk {

  /** Of Linux and macOS, of quotas, of Windows, of IRIS. */
  private static final Pattern FULL =
      Pattern.compile(
          "No space left on device|Dis[ck] quota exceeded|not enough space on the disk|<FILEFULL>");

  /** What H2 was writing to, and PostgreSQL. */
  private static final Pattern FILE =
      Pattern.compile("Writing to (?:async:)?(.+?) failed|file \"([^\"]+)\"");

  /** A bound, since causes may form a ring, and each row of a batch may have failed. */
  private static final int MOST = 100;

  private FullDisk() {}

  /** Whether an error is a full disk, by its own message or that of an error behind it. */
  public static boolean isCauseOf(Throwable failure) {
    return messages(failure).anyMatch(message -> FULL.matcher(message).find());
  }

  /** The file that could not be written, as far as the error names it. */
  public static Optional<String> file(Throwable failure) {
    Optional<String> named =
        Causes.first(failure, FileSystemException.class).map(FileSystemException::getFile);
    return named.isPresent()
        ? named
        : messages(failure)
            .map(FILE::matcher)
            .filter(Matcher::find)
            .map(found -> Objects.requireNonNullElse(found.group(1), found.group(2)))
            .findFirst();
  }

  private static Stream<String> messages(Throwable failure) {
    return behind(failure).map(Throwable::getMessage).flatMap(Stream::ofNullable);
  }

  /** The causes, and the exceptions that follow: H2 gives the error of a batch no cause. */
  private static Stream<Throwable> behind(Throwable failure) {
    return Causes.of(failure)
        .flatMap(
            cause ->
                cause instanceof SQLException sql
                    ? StreamSupport.stream(sql.spliterator(), false)
                    : Stream.of(cause))
        .limit(MOST);
  }
}
