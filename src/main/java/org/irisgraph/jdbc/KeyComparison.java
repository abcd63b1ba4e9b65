package org.irisgraph.jdbc;

/** Compares keys as databases do that ignore case and white space at the end. */
public final class KeyComparison {

  private KeyComparison() {}

  /**
   * Folds a key's case character by character and strips white space from its end, as SQLUPPER, the
   * collation of IRIS, does. Databases differ in the details; what matters is that all callers fold
   * alike.
   */
  public static String fold(String key) {
    String stripped = key.stripTrailing();
    StringBuilder folded = new StringBuilder(stripped.length());
    for (int i = 0; i < stripped.length(); i++) {
      folded.append(Character.toUpperCase(stripped.charAt(i)));
    }
    return folded.toString();
  }
}
