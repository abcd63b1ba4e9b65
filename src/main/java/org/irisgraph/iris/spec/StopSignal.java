package org.irisgraph.iris.spec;

import java.io.Serializable;

/**
 * Signals a worker to end the pipeline early. It is read before each batch, so it must be quick;
 * once raised, it stays raised.
 */
@FunctionalInterface
public interface StopSignal extends Serializable {

  /** Whether to stop writing. */
  boolean isRaised();
}
