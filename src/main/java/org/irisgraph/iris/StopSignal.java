package org.irisgraph.iris;

import java.io.Serializable;

/**
 * Tells a worker that the pipeline is to end early. Asked before each batch, so it must be quick;
 * once it is raised, it stays so.
 */
@FunctionalInterface
public interface StopSignal extends Serializable {

  /** Whether nothing more is to be written. */
  boolean isRaised();
}
