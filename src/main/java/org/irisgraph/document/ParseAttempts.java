package org.irisgraph.document;

import java.io.Serializable;

/**
 * Counts how often it was begun to parse a file and never ended, so that one that takes its worker
 * down is found out.
 */
public interface ParseAttempts extends Serializable {

  /** Counts nothing. */
  ParseAttempts UNCOUNTED = (source, contentHash) -> () -> {};

  /** A worker begins; each call is matched by one of {@link #close}. */
  default void open() {}

  /**
   * Begins to parse a file.
   *
   * @param source its absolute path or URI
   * @param contentHash SHA-256 of its bytes in lower-case hexadecimal
   * @return what is to be told when the file has been parsed, well or not
   * @throws ReadException if it has been begun too often
   */
  Attempt begin(String source, String contentHash) throws ReadException, InterruptedException;

  /** A worker has ended. */
  default void close() {}

  /** A file that is being parsed. */
  @FunctionalInterface
  interface Attempt {

    /** The file has been parsed, well or not. */
    void end() throws InterruptedException;
  }
}
