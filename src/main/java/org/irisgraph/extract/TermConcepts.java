package org.irisgraph.extract;

import java.util.HashMap;
import java.util.Map;
import org.irisgraph.graph.NodeNames;
import org.jspecify.annotations.Nullable;

/**
 * The concepts of a dictionary's terms that match in any case, by the normal forms of their names:
 * of entities that other extractors have found, or in a spelling that the dictionary does not have.
 * Safe for several threads.
 */
final class TermConcepts {

  private final Dictionary dictionary;
  private final NodeNames names;

  /** Made at the first use: a large dictionary takes seconds. */
  private volatile @Nullable Map<Key, String> byNormalForm;

  TermConcepts(Dictionary dictionary, NodeNames names) {
    this.dictionary = dictionary;
    this.names = names;
  }

  private record Key(String type, String normalForm) {}

  /**
   * The concept of the term with a name, else with its normal form, else of the first term with the
   * same normal form; null if there is none of this type.
   */
  @Nullable String of(String type, String name, String normalForm) {
    String concept = ofTerm(type, name);
    if (concept == null && !normalForm.equals(name)) {
      concept = ofTerm(type, normalForm);
    }
    return concept == null ? byNormalForm().get(new Key(type, normalForm)) : concept;
  }

  private @Nullable String ofTerm(String type, String name) {
    Dictionary.Term term = dictionary.word(name);
    return term != null && term.type().equals(type) && !term.id().isEmpty() ? term.id() : null;
  }

  private Map<Key, String> byNormalForm() {
    Map<Key, String> known = byNormalForm;
    if (known == null) {
      synchronized (this) {
        known = byNormalForm;
        if (known == null) {
          known = read();
          byNormalForm = known;
        }
      }
    }
    return known;
  }

  /** Only the terms that are not their own normal form, to save memory. */
  private Map<Key, String> read() {
    Map<Key, String> concepts = new HashMap<>();
    for (Dictionary.Term term : dictionary.words()) {
      String normalForm = names.normalise(term.text());
      if (!term.id().isEmpty() && !dictionary.isSame(term.text(), normalForm)) {
        concepts.putIfAbsent(new Key(term.type(), normalForm), term.id());
      }
    }
    return concepts;
  }
}
