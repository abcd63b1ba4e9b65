package org.irisgraph.jdbc;

import java.io.Serializable;
import org.irisgraph.graph.Embedding;
import org.jspecify.annotations.Nullable;

/**
 * A column that holds vectors, and how its database takes them.
 *
 * @param name the column's name
 * @param marker the expression for a parameter in an insert or update
 * @param isArray whether the parameter is an array of numbers, otherwise their text
 * @param dimension the numbers in each vector; 0 if the column takes any
 * @param index what follows CREATE INDEX name ON in the statement that indexes the column for
 *     searches by dot product, with a place for the table; null if the database has no such index
 */
public record VectorColumn(
    String name, String marker, boolean isArray, int dimension, @Nullable String index)
    implements Serializable {

  /** A column that cannot be indexed for searches. */
  public VectorColumn(String name, String marker, boolean isArray, int dimension) {
    this(name, marker, isArray, dimension, null);
  }

  /** The parameter for a vector. */
  public Object value(Embedding vector) {
    return isArray ? vector.boxed() : vector.toString();
  }
}
