package org.irisgraph.extract.gold;

import java.util.Locale;
import java.util.Map;

/** The names that this program gives to the types of other annotations. */
public final class GoldTypes {

  private static final Map<String, String> TYPES =
      Map.of(
          "CHEMICAL", "DRUG",
          "PER", "PERSON",
          "ORG", "ORGANIZATION",
          "LOC", "LOCATION");

  private GoldTypes() {}

  /** The program's name of a type, in capitals. */
  public static String of(String type) {
    String upper = type.strip().toUpperCase(Locale.ROOT);
    return TYPES.getOrDefault(upper, upper);
  }
}
