package org.irisgraph.extract.gold;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.irisgraph.graph.Document;
import org.irisgraph.graph.Origin;

/**
 * An annotated document.
 *
 * @param id id in the file
 * @param text in PubTator's format title, a line feed, and abstract
 * @param names in the order of the file
 * @param concepts vocabulary identifiers of the names; names without one are missing
 * @param relations between these concepts, in the order of the file
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

  /** Creates a document that has names only. */
  public GoldDocument(String id, String text, List<Name> names) {
    this(id, text, names, Map.of(), List.of());
  }

  /**
   * An annotated name.
   *
   * @param type in capitals
   * @param start offset of the first character, in UTF-16 code units
   * @param end offset after the last character
   */
  public record Name(String type, int start, int end) {}

  /**
   * A relation that the document states.
   *
   * @param type type of the relationship, as in {@code causes}
   */
  public record Relation(String type, String sourceConcept, String targetConcept) {}

  /** Returns the text of a name. */
  public String textOf(Name name) {
    return text.substring(name.start(), name.end());
  }

  /** Returns the document with the names of these types only. */
  public GoldDocument withTypes(Set<String> types) {
    return new GoldDocument(
        id,
        text,
        names.stream().filter(name -> types.contains(name.type())).toList(),
        concepts,
        relations);
  }

  /** Converts this to the input of extractors. */
  public Document toDocument() {
    return new Document(id, new Origin("gold", 0, 0), text, Map.of());
  }
}
