package org.irisgraph.iris.wire;

/**
 * What the server does with a batch that holds a row it cannot store. Which of these a real server
 * does is not established: what is tested here should be right under all of them.
 */
public enum BadRow {
  /** Stores the other rows; the bad ones count -3. */
  CONTINUE,

  /**
   * As {@link #CONTINUE}, but on the standard path several rows are answered as a success with -3
   * among the counts. Observed: the driver then makes up the code 104, whatever was wrong.
   */
  CONTINUE_WITHOUT_CODE,

  /** Keeps the rows before the first bad one; that one and all after it count -3. */
  STOP_AT_FIRST,

  /** Stores none, and answers with an error and no counts. */
  REFUSE_BATCH
}
