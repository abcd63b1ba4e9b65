package org.irisgraph.extract.llm;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/** The header that says when a server wants to be asked again: seconds, or a date of HTTP. */
final class RetryAfter {

  private static final long LONGEST_MILLIS = Duration.ofDays(1).toMillis();

  private RetryAfter() {}

  /** In milliseconds from now, 0 if it says nothing, a day at most. */
  static long millis(String value, Instant now) {
    try {
      String stripped = value.strip();
      long millis =
          stripped.matches("\\d{1,9}(\\.\\d{1,9})?")
              ? Math.round(1000 * Double.parseDouble(stripped))
              : Duration.between(
                      now,
                      ZonedDateTime.parse(stripped, DateTimeFormatter.RFC_1123_DATE_TIME)
                          .toInstant())
                  .toMillis();
      return Math.max(0, Math.min(LONGEST_MILLIS, millis));
    } catch (DateTimeException | ArithmeticException e) {
      // A header that nobody understands is as none.
      return 0;
    }
  }
}
