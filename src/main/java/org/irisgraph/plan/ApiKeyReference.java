package org.irisgraph.plan;

import org.irisgraph.extract.llm.ApiKey;
import org.irisgraph.jdbc.PasswordReference;

/** A key that is given by reference, as passwords are. */
record ApiKeyReference(PasswordReference reference) implements ApiKey {

  @Override
  public String resolve() {
    return reference.resolve();
  }
}
