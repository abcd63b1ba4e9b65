package org.irisgraph.jdbc;

/** Compares keys as databases that ignore case do. */
public final class KeyComparison {

  private KeyComparison() {}

  /**
   * Folds a key's case character by character, so that its length stays. Databases differ in the
   * details; what matters is that all callers fold alike.
   */
  public static String fold(String key) {
    StringBuilder folded = new StringBuilder(key.length());
    for (int i = 0; i < key.length(); i++) {
      folded.append(Character.toUpperCase(key.charAt(i)));
    }
    return folded.toString();
  }
}
