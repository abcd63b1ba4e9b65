package org.irisgraph.pipeline;

import org.irisgraph.extract.llm.ApiKey;
import org.irisgraph.iris.PasswordReference;

/** A key that is given by reference, as passwords are. */
record ReferencedKey(PasswordReference reference) implements ApiKey {

  @Override
  public String resolve() {
    return reference.resolve();
  }
}
