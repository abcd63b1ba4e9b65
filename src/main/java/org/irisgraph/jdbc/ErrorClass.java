package org.irisgraph.jdbc;

/** How a batch treats an error of the database. */
public enum ErrorClass {
  /** The same statement may succeed later: a lock, a full queue, a lost link, a licence limit. */
  TRANSIENT,
  /** The commit failed with an unknown outcome; only upserts may be repeated. */
  IN_DOUBT,
  /** A row's values are at fault; the other rows can be stored. */
  BAD_DATA,
  /** Statement, table, privilege or password are at fault; no row can be stored. */
  CONFIGURATION,
  /** Not known: a row's fault if other rows of the batch succeed, otherwise an outage. */
  UNKNOWN
}
