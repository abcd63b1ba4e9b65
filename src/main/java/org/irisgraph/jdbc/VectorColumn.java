package org.irisgraph.jdbc;

import java.io.Serializable;
import org.irisgraph.graph.Embedding;

/**
 * A column that holds vectors, and how its database takes them.
 *
 * @param name the column's name
 * @param marker the expression for a parameter in an insert or update
 * @param isArray whether the parameter is an array of numbers, otherwise their text
 * @param dimension the numbers in each vector; 0 if the column takes any
 */
public record VectorColumn(String name, String marker, boolean isArray, int dimension)
    implements Serializable {

  /** The parameter for a vector. */
  public Object value(Embedding vector) {
    return isArray ? vector.boxed() : vector.toString();
  }
}
