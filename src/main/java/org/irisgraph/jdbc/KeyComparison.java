package org.irisgraph.jdbc;

import java.util.Locale;

/** Compares keys as databases do that ignore case and white space at the end. */
public final class KeyComparison {

  private KeyComparison() {}

  /**
   * Folds a key's case and strips white space from its end, as SQLUPPER, the collation of IRIS,
   * does. Databases differ in the details, such as ß and SS or the Turkish i: keys that any of them
   * takes for equal are equal here, since one would otherwise overwrite the other.
   */
  public static String fold(String key) {
    String stripped = key.stripTrailing();
    StringBuilder lower = new StringBuilder(stripped.length());
    for (int i = 0; i < stripped.length(); i++) {
      lower.append(Character.toLowerCase(stripped.charAt(i)));
    }
    return lower.toString().toUpperCase(Locale.ROOT);
  }
}
