package org.irisgraph.options;

import org.apache.beam.sdk.options.DefaultValueFactory;
import org.jspecify.annotations.Nullable;

/** A default that depends on other options, with a description for the help. */
public interface DescribedDefault<T extends @Nullable Object> extends DefaultValueFactory<T> {

  /** How the default is derived, for the help. */
  String description();
}
