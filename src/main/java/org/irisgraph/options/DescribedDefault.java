package org.irisgraph.options;

import org.apache.beam.sdk.options.DefaultValueFactory;

/** A default that depends on other options, with a description for the help. */
public interface DescribedDefault<T> extends DefaultValueFactory<T> {

  /** How the default is derived, for the help. */
  String description();
}
