package org.irisgraph.plan;

import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.UUID;

/** The name of a run: when it began, and something that no other run has. */
public record RunId(String value) {

  private static final DateTimeFormatter BEGIN =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

  /** A new id, as in {@code 20260101-120000-1a2b3c4d}: sorts by time and is a file's name. */
  public static RunId create(Clock clock) {
    return new RunId(
        BEGIN.format(clock.instant()) + "-" + UUID.randomUUID().toString().substring(0, 8));
  }

  @Override
  public String toString() {
    return value;
  }
}
