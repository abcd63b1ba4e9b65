package org.irisgraph.extract.llm;

import java.io.Serializable;

/**
 * Where the key of an endpoint is found, on the worker that needs it. Equal if that is the same.
 */
@FunctionalInterface
public interface ApiKey extends Serializable {

  /**
   * The key, empty if none is needed.
   *
   * @throws IllegalStateException if it cannot be found; the message does not have it
   */
  String resolve();
}
