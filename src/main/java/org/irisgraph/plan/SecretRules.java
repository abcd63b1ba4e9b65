package org.irisgraph.plan;

import java.util.List;
import java.util.Optional;
import org.irisgraph.jdbc.PasswordReference;
import org.jspecify.annotations.Nullable;

/** Checks references to passwords and keys; no message repeats one, since it may be the secret. */
final class SecretRules {

  private SecretRules() {}

  /**
   * Resolves a reference, to find out whether that is possible; the workers do it again for
   * themselves.
   *
   * @return the secret, empty if there is a problem
   */
  static Optional<String> resolve(
      String option, @Nullable String reference, List<String> problems) {
    try {
      return Optional.of(PasswordReference.of(reference).resolve());
    } catch (IllegalArgumentException e) {
      problems.add(option + " must be env:NAME or file:PATH");
    } catch (IllegalStateException e) {
      problems.add(option + ": " + e.getMessage());
    }
    return Optional.empty();
  }
}
