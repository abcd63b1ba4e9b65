package org.irisgraph.iris.wire;

import java.nio.charset.StandardCharsets;

/**
 * The length of a global reference, by which the server finds the entry of an index, and sorts.
 *
 * <p>Documented (DocBook GGBL_structure, "Maximum Length of a Global Reference"): at most 511
 * encoded bytes for the name and all subscripts, with one byte for each subscript and for each
 * character of the name; a character of a subscript takes up to three. A choice: as many as in
 * UTF-8, since the exact number depends on the server's locale.
 */
final class GlobalReference {
  static final int MAX_BYTES = 511;

  /** Of a hashed name, as in {@code ^EPgS.D8T6.1}, and of a process-private one for sorting. */
  static final int NAME_BYTES = 13;

  /** Of a subscript that is a small number, such as a row's. */
  static final int NUMBER_BYTES = 8;

  private GlobalReference() {}

  /** The bytes of a text as a subscript, with the blank that SQLUPPER puts before it. */
  static int subscriptBytes(String text) {
    return 2 + text.getBytes(StandardCharsets.UTF_8).length;
  }

  static void check(long bytes) throws ServerException {
    if (bytes > MAX_BYTES) {
      throw ServerException.fatal("<SUBSCRIPT>");
    }
  }
}
