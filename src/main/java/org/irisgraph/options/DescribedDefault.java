package org.irisgraph.options;

import org.apache.beam.sdk.options.DefaultValueFactory;

/** A default that follows from other options, and says how. */
public interface DescribedDefault<T> extends DefaultValueFactory<T> {

  /** How the default is found, for the help. */
  String description();
}
