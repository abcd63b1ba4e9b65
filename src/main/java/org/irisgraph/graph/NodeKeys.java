package org.irisgraph.graph;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * The keys of nodes: the concept's identifier, as in {@code MESH:D006973}, or the type and the
 * normalised name, as in {@code DISEASE:hypertension}.
 */
public final class NodeKeys {

  /** The longest key in bytes of UTF-8; longer ones are cut and end in a hash of the whole. */
  public static final int MAX_BYTES = 240;

  private static final char HASH_MARK = '#';
  private static final int HASH_DIGITS = 16;

  /** Stands for each control character, so that keys stay visible and no key is empty. */
  private static final char REPLACEMENT = '\uFFFD';

  private NodeKeys() {}

  /**
   * The node of a concept.
   *
   * @param concept an identifier, compared as it is; not empty
   */
  public static Node ofConcept(String concept) {
    return new Node(key(concept), concept);
  }

  /**
   * The node of entities without a concept.
   *
   * @param type in capitals
   * @param normalisedName what the spellings of the name have in common
   */
  public static Node ofName(String type, String normalisedName) {
    return new Node(key(type + ':' + normalisedName), null);
  }

  private static String key(String whole) {
    StringBuilder visible = new StringBuilder(whole);
    for (int i = 0; i < visible.length(); i++) {
      if (Character.isISOControl(visible.charAt(i))) {
        visible.setCharAt(i, REPLACEMENT);
      }
    }
    String key = visible.toString();
    return key.getBytes(UTF_8).length <= MAX_BYTES
        ? key
        : beginning(key, MAX_BYTES - 1 - HASH_DIGITS)
            + HASH_MARK
            + ContentHash.of(whole.getBytes(UTF_8)).substring(0, HASH_DIGITS);
  }

  /** The longest beginning of whole characters that has at most so many bytes of UTF-8. */
  public static String beginning(String text, int maxBytes) {
    int bytes = 0;
    int end = 0;
    while (end < text.length()) {
      int next = text.offsetByCodePoints(end, 1);
      bytes += text.substring(end, next).getBytes(UTF_8).length;
      if (bytes > maxBytes) {
        break;
      }
      end = next;
    }
    return text.substring(0, end);
  }
}
