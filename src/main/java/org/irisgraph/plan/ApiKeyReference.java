package org.irisgraph.plan;

import org.irisgraph.endpoint.ApiKey;
import org.irisgraph.jdbc.PasswordReference;

/** An API key given by reference, like passwords. */
record ApiKeyReference(PasswordReference reference) implements ApiKey {

  @Override
  public String resolve() {
    return reference.resolve();
  }
}
