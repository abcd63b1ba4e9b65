package org.irisgraph.extract;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.irisgraph.graph.Document;
import org.irisgraph.graph.Mention;

/** Finds the terms of a {@link Dictionary}, all with confidence 1 and their concepts. */
public final class DictionaryExtractor implements EntityExtractor {

  /** The name in the option {@code extractors}. */
  public static final String NAME = "dictionary";

  /** Raise when the same dictionary yields other mentions in the same text. */
  public static final int VERSION = 4;

  private static final double CONFIDENCE = 1.0;

  private final Dictionary dictionary;

  public DictionaryExtractor(Dictionary dictionary) {
    this.dictionary = dictionary;
  }

  /** The terms that are found. */
  public Dictionary dictionary() {
    return dictionary;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Optional<Set<String>> types() {
    return Optional.of(dictionary.types());
  }

  @Override
  public List<Mention> extract(Document document) {
    String text = document.text();
    return dictionary.find(text).stream().map(match -> mention(text, match)).toList();
  }

  private static Mention mention(String text, Dictionary.Match match) {
    String concept = match.term().id();
    return new Mention(
        text.substring(match.start(), match.end()),
        match.name(),
        match.term().type(),
        match.start(),
        match.end(),
        CONFIDENCE,
        NAME,
        concept.isEmpty() ? null : concept);
  }
}
