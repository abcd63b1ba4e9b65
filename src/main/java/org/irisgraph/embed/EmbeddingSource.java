package org.irisgraph.embed;

import java.io.Serializable;
import org.irisgraph.endpoint.CompletionCache;
import org.irisgraph.endpoint.ModelException;

/** Which embedding model computes vectors, before it is opened. */
public interface EmbeddingSource extends Serializable {

  /** What a vector depends on beside its text. */
  String identity();

  /** The model for users, as in {@code all-minilm-l6-v2-q}. */
  String label();

  /**
   * The numbers in a vector. A model elsewhere is asked for the vector of a few words.
   *
   * @throws ModelException if it cannot be used; at once if nothing answers at its address
   */
  int dimension() throws ModelException, InterruptedException;

  /**
   * The same model, of which vectors of any other dimension are refused.
   *
   * @param dimension what {@link #dimension} has given
   */
  EmbeddingSource ofDimension(int dimension);

  /**
   * Opens the model; the caller closes it.
   *
   * @param cache keeps vectors that cost something
   * @param parallel whether a model in this JVM may use all processors, which the threads of a run
   *     use already
   */
  EmbeddingModel open(CompletionCache cache, boolean parallel);
}
