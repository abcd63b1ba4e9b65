package org.irisgraph.graph;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The identity of entities and relationships: a function of what they are, so that every run writes
 * the same rows. Name-based UUIDs in lower-case hexadecimal, because IRIS collates VARCHAR without
 * regard to case by default.
 */
public final class GraphIds {

  private static final Pattern WHITE_SPACE = Pattern.compile("(?U)\\s+");

  private GraphIds() {}

  /** The id of the one entity with this type and normalised name in a document. */
  public static String entity(String documentId, String type, String name) {
    return uuid("entity", documentId, type, normalise(name));
  }

  /** The id of the one relationship of this type from one entity to another in a document. */
  public static String relationship(
      String documentId, String sourceEntityId, String targetEntityId, String type) {
    return uuid("relationship", documentId, sourceEntityId, targetEntityId, type);
  }

  /** Two names of one type mean the same entity if they differ in case or white space alone. */
  public static String normalise(String name) {
    return WHITE_SPACE.matcher(name.strip()).replaceAll(" ").toLowerCase(Locale.ROOT);
  }

  /** Parts are separated by NUL, which no document, type or name contains. */
  private static String uuid(String... parts) {
    return UUID.nameUUIDFromBytes(String.join("\0", parts).getBytes(UTF_8)).toString();
  }
}
