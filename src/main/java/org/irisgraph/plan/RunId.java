package org.irisgraph.plan;

import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.UUID;

/** Creates the ids of runs. */
public final class RunId {

  private static final DateTimeFormatter START =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

  private RunId() {}

  /** A unique id that sorts by start time and may be a file name: 20260101-120000-1a2b3c4d. */
  public static String create(Clock clock) {
    return START.format(clock.instant()) + "-" + UUID.randomUUID().toString().substring(0, 8);
  }
}
