package org.irisgraph.extract.gold;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.irisgraph.graph.Document;
import org.irisgraph.graph.Origin;

/**
 * A text and what people have marked in it.
 *
 * @param id as in the file
 * @param text the title, a line end, and the abstract
 * @param names in the file's order
 * @param concepts what the names mean, by the identifiers of a vocabulary; a name of which nothing
 *     is known is not in it
 * @param relations between these concepts, in the file's order
 */
public record GoldDocument(
    String id,
    String text,
    List<Name> names,
    Map<Name, Set<String>> concepts,
    List<Relation> relations) {

  public GoldDocument {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(text, "text");
    names = List.copyOf(names);
    concepts = Map.copyOf(concepts);
    relations = List.copyOf(relations);
  }

  /** A document in which nothing but names is marked. */
  public GoldDocument(String id, String text, List<Name> names) {
    this(id, text, names, Map.of(), List.of());
  }

  /**
   * A name that is marked.
   *
   * @param type in capitals
   * @param start its first character, in UTF-16 code units
   * @param end the character after its last
   */
  public record Name(String type, int start, int end) {}

  /**
   * A relation that the document states somewhere.
   *
   * @param type as relationships have it, as in {@code causes}
   */
  public record Relation(String type, String sourceConcept, String targetConcept) {}

  /** The characters of a name. */
  public String textOf(Name name) {
    return text.substring(name.start(), name.end());
  }

  /** As extractors take it. */
  public Document toDocument() {
    return new Document(id, new Origin("gold", 0, 0), text, Map.of());
  }
}
