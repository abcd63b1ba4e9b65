package org.irisgraph.graph;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.UUID;
import org.irisgraph.text.FoldedText;

/**
 * The identity of entities and relationships: a function of what they are, so that every run writes
 * the same rows. Name-based UUIDs in lower-case hexadecimal, because IRIS collates VARCHAR without
 * regard to case by default.
 *
 * <p>They are UUIDs of version 8 (RFC 9562): the first 48 bits come from the document alone, so
 * that the rows of a document, and its entries in every index over these ids, are neighbours. A
 * batch of documents then touches few pages of a B-tree instead of one for each row.
 */
public final class GraphIds {

  /** The pattern of all ids, for SQL's LIKE. */
  public static final String LIKE = "________-____-8___-____-____________";

  /** The length of what the ids of a document have in common. */
  public static final int PREFIX = LIKE.indexOf('8') + 1;

  private static final long DOCUMENT_BITS = 0xFFFF_FFFF_FFFF_0000L;
  private static final long VERSION_8 = 0x8000L;
  private static final long REST_BITS = 0x0FFFL;

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

  /**
   * Whether {@link #entity} or {@link #relationship} made an id for a document. The 48 bits and the
   * version that depend on the document alone decide, so that neither the settings nor a column
   * that has cut a name matter. A random id has version 4 and never matches.
   */
  public static boolean isOf(String documentId, String id) {
    return id.length() == LIKE.length() && id.startsWith(prefix(documentId));
  }

  /**
   * The document of a row, given the id of the row of text that it names: that of the document
   * itself, or of one of its passages.
   */
  public static String documentOf(String textId, String id) {
    return PassageIds.parse(textId)
        .map(PassageIds.Part::documentId)
        .filter(document -> isOf(document, id))
        .orElse(textId);
  }

  /**
   * Whether {@link #relationship} made an id for a relationship that leads from an entity of its
   * document to one of another document, given the ids of both entities.
   */
  public static boolean isAcrossDocuments(String id, String sourceEntityId, String targetEntityId) {
    return ofOneDocument(id, sourceEntityId) && !ofOneDocument(id, targetEntityId);
  }

  /** Whether {@link #relationship} made an id for a relationship of an entity's document. */
  public static boolean isOfDocumentOf(String entityId, String id) {
    return ofOneDocument(id, entityId);
  }

  private static boolean ofOneDocument(String id, String other) {
    return id.length() == LIKE.length()
        && id.charAt(PREFIX - 1) == '8'
        && id.regionMatches(0, other, 0, PREFIX);
  }

  private static String prefix(String documentId) {
    return new UUID((md5(documentId).getMostSignificantBits() & DOCUMENT_BITS) | VERSION_8, 0)
        .toString()
        .substring(0, PREFIX);
  }

  /**
   * What spellings of one name have in common ({@link FoldedText#name}): their differences do not
   * make two entities of one type.
   */
  public static String normalise(String name) {
    return FoldedText.name(name);
  }

  private static String uuid(String kind, String documentId, String... parts) {
    String name = kind + '\0' + documentId + '\0' + String.join("\0", parts);
    long document = md5(documentId).getMostSignificantBits() & DOCUMENT_BITS;
    UUID whole = md5(name);
    long rest = whole.getMostSignificantBits() & REST_BITS;
    return new UUID(document | VERSION_8 | rest, whole.getLeastSignificantBits()).toString();
  }

  /** The JDK's name-based UUID, whose lower half has the variant bits already. */
  private static UUID md5(String name) {
    return UUID.nameUUIDFromBytes(name.getBytes(UTF_8));
  }
}
