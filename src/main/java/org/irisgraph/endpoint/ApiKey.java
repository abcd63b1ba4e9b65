package org.irisgraph.endpoint;

import java.io.Serializable;

/**
 * Resolves the key of an endpoint on the worker that uses it. Two are equal if they read the same
 * source.
 */
@FunctionalInterface
public interface ApiKey extends Serializable {

  /**
   * Returns the key, empty if the endpoint needs none.
   *
   * @throws IllegalStateException if it cannot be read; the message never contains the key
   */
  String resolve();
}
