package org.irisgraph.endpoint;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/** Parses the header {@code Retry-After}: seconds or an HTTP date. */
final class RetryAfter {

  private static final long LONGEST_MILLIS = Duration.ofDays(1).toMillis();

  private RetryAfter() {}

  /** Returns the delay in milliseconds, at most a day; 0 if the header is invalid. */
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
      return 0;
    }
  }
}
