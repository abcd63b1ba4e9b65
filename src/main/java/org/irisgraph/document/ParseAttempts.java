package org.irisgraph.document;

import java.io.Serializable;

/**
 * Counts the attempts to parse a file that never ended, to identify files that take their worker
 * down.
 */
public interface ParseAttempts extends Serializable {

  /** Counts nothing. */
  ParseAttempts UNCOUNTED = (source, contentHash) -> () -> {};

  /** A worker starts; match each call by one of {@link #close}. */
  default void open() {}

  /**
   * Begins to parse a file.
   *
   * @param source its absolute path or URI
   * @param contentHash SHA-256 of its bytes in lower-case hexadecimal
   * @return to be ended when the file has been parsed, successfully or not
   * @throws ReadException if it has been begun too often
   */
  Attempt begin(String source, String contentHash) throws ReadException, InterruptedException;

  /** A worker has ended. */
  default void close() {}

  /** A file that is being parsed. */
  @FunctionalInterface
  interface Attempt {

    /** Records that the file has been parsed, successfully or not. */
    void end() throws InterruptedException;
  }
}
