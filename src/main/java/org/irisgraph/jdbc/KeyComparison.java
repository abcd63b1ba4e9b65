package org.irisgraph.jdbc;

/** What makes two keys one. */
public final class KeyComparison {

  private KeyComparison() {}

  /**
   * A key without regard to case, character by character, so that its length stays. Databases
   * differ in the details; what matters is that everything here folds alike.
   */
  public static String fold(String key) {
    StringBuilder folded = new StringBuilder(key.length());
    for (int i = 0; i < key.length(); i++) {
      folded.append(Character.toUpperCase(key.charAt(i)));
    }
    return folded.toString();
  }
}
