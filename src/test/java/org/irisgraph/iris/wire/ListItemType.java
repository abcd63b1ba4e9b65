package org.irisgraph.iris.wire;

/** The type bytes of {@code $LIST} items. Observed, but for the compact doubles. */
final class ListItemType {
  static final int LATIN_1 = 1;
  static final int UTF_16 = 2;
  static final int POSITIVE_INTEGER = 4;
  static final int NEGATIVE_INTEGER = 5;
  static final int POSITIVE_DECIMAL = 6;
  static final int NEGATIVE_DECIMAL = 7;
  static final int DOUBLE = 8;
  static final int SPECIAL_DOUBLE = 9;
  static final int OBJECT_REFERENCE = 0x19;

  /** From here to twice this, the types 0 to 31 again, passed by reference. */
  static final int BY_REFERENCE = 0x20;

  private ListItemType() {}
}
