package org.irisgraph.jdbc;

import java.io.Serializable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The version of a server, as in 2024.1. */
record IrisVersion(int year, int release) implements Serializable {

  /** That of a server which gives none: the message of a later error is clearer than none. */
  static final IrisVersion LATEST = new IrisVersion(Integer.MAX_VALUE, 1);

  /** As in {@code IRIS for UNIX (Ubuntu) 2024.1 (Build 267U) Tue Apr 30 2024}. */
  private static final Pattern VERSION = Pattern.compile("\\b(20\\d\\d)\\.(\\d{1,3})");

  static IrisVersion of(Connection connection) throws SQLException {
    Matcher version = VERSION.matcher(connection.getMetaData().getDatabaseProductVersion());
    return version.find()
        ? new IrisVersion(Integer.parseInt(version.group(1)), Integer.parseInt(version.group(2)))
        : LATEST;
  }

  boolean isBefore(IrisVersion other) {
    return year < other.year || (year == other.year && release < other.release);
  }

  @Override
  public String toString() {
    return year + "." + release;
  }
}
