package org.irisgraph.iris;

import java.io.Serializable;
import org.apache.beam.sdk.values.PCollection;
import org.irisgraph.jdbc.Dialect;

/** A table whose columns follow from the schema of the elements that are written to it. */
interface InputTable<T> extends Serializable {

  /** The table, {@code SCHEMA.TABLE}. */
  String table();

  /**
   * Sets the table, and the element's key, size and number of rows unless they are set.
   *
   * @throws IllegalArgumentException if the schema does not suit the table
   */
  IrisIO.Write<T> complete(IrisIO.Write<T> write, PCollection<T> input, Dialect dialect);
}
