package org.irisgraph.jdbc;

/** What an error of the database means for the batch that met it. */
public enum ErrorClass {
  /** The same statement may succeed later: a lock, a full queue, a lost link, a licence limit. */
  TRANSIENT,
  /** The commit failed, so that nobody knows whether it took place; only upserts may repeat it. */
  IN_DOUBT,
  /** A row's values are at fault; the other rows can be stored. */
  BAD_DATA,
  /** Statement, table, privilege or password are at fault; no row can be stored. */
  CONFIGURATION,
  /** Not known: a row's fault if other rows of the batch go through, else an outage. */
  UNKNOWN
}
