package org.irisgraph.iris;

import java.io.Serializable;

/** stub until merge */
public record PasswordReference(String reference) implements Serializable {
  public static PasswordReference of(String reference) {
    return new PasswordReference(reference);
  }

  public String resolve() {
    return "";
  }
}
