package org.irisgraph.text;

import java.util.Map;

/**
 * The singular of English nouns, by the regular endings of English and of the Greek words of
 * medicine ({@code metastases}, {@code fibromata}), and by a table of other plurals and of
 * singulars that look like plurals ({@code diabetes}).
 */
public final class Plurals {

  private static final int SHORTEST = 4;
  private static final Map<String, String> IRREGULAR = WordTable.read("irregular-plurals.tsv");

  private Plurals() {}

  /** The singular of a noun in lower case; the noun itself if it is none of these plurals. */
  public static String singular(String noun) {
    String irregular = IRREGULAR.get(noun);
    if (irregular != null) {
      return irregular;
    }
    if (noun.length() < SHORTEST) {
      return noun;
    }
    if (noun.endsWith("omata")) {
      return cut(noun, 2);
    }
    if (!noun.endsWith("s") || endsWith(noun, "ss", "us", "is")) {
      return noun;
    }
    if (noun.endsWith("ies")) {
      return cut(noun, 3) + "y";
    }
    if (endsWith(noun, "oses", "yses", "eses", "stases")) {
      return cut(noun, 2) + "is";
    }
    boolean inserted = endsWith(noun, "sses", "xes", "shes", "uses", "zzes");
    boolean afterCh = noun.endsWith("ches") && !noun.endsWith("aches");
    return cut(noun, inserted || afterCh ? 2 : 1);
  }

  private static boolean endsWith(String noun, String... endings) {
    for (String ending : endings) {
      if (noun.endsWith(ending)) {
        return true;
      }
    }
    return false;
  }

  private static String cut(String noun, int letters) {
    return noun.substring(0, noun.length() - letters);
  }
}
