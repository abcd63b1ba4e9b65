package org.irisgraph.embed;

import java.util.Collection;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.irisgraph.endpoint.ModelException;

/** An open embedding model. Safe for several threads. */
public interface EmbeddingModel extends AutoCloseable {

  /**
   * Computes vectors of length 1.
   *
   * @param stopped whether to give up the remaining texts; polled several times a second
   * @return for each text its vector or the reason why there is none; texts that were given up are
   *     missing
   * @throws ModelException if the model cannot be used, whatever the text
   */
  Map<String, TextVector> embed(Collection<String> texts, BooleanSupplier stopped)
      throws ModelException, InterruptedException;

  @Override
  void close();
}
