package org.irisgraph.extract.setup;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.irisgraph.extract.CombinedExtractor;
import org.irisgraph.extract.ContentLoader;
import org.irisgraph.extract.Dictionary;
import org.irisgraph.extract.DictionaryExtractor;
import org.irisgraph.extract.EntityExtractor;
import org.irisgraph.extract.EntityNodes;
import org.irisgraph.extract.GraphExtractor;
import org.irisgraph.extract.GraphRules;
import org.irisgraph.extract.PatternExtractor;
import org.irisgraph.extract.PatternRelations;
import org.irisgraph.extract.RelationExtractor;
import org.irisgraph.extract.llm.AnswerExtractor;
import org.irisgraph.extract.llm.Prompt;
import org.irisgraph.extract.ner.NerExtractor;
import org.irisgraph.extract.onnx.OnnxExtractor;
import org.irisgraph.graph.ContentHash;
import org.irisgraph.graph.NodeNames;
import org.irisgraph.graph.NodeRule;
import org.jspecify.annotations.Nullable;

/**
 * The extractors that the settings name, and a fingerprint of everything their results depend on.
 */
public final class Extractors {

  /** The valid names in the option {@code extractors}. */
  public static final List<String> KNOWN =
      List.of(
          DictionaryExtractor.NAME,
          PatternExtractor.NAME,
          NerExtractor.NAME,
          NerExtractor.RECORDED_NAME,
          OnnxExtractor.NAME,
          AnswerExtractor.NAME);

  /** Takes the least time. */
  private static final EntityNodes NOT_STORED = new EntityNodes(new NodeNames(Set.of()), null);

  private final List<EntityExtractor> extractors;
  private final @Nullable PatternRelations patterns;
  private final @Nullable Prompt prompt;
  private final EntityNodes nodes;
  private final GraphRules rules;
  private final ExtractionIdentity identity;

  private Extractors(
      List<EntityExtractor> extractors,
      @Nullable PatternRelations patterns,
      @Nullable Prompt prompt,
      EntityNodes nodes,
      GraphRules rules,
      ExtractionIdentity identity) {
    this.extractors = List.copyOf(extractors);
    this.patterns = patterns;
    this.prompt = prompt;
    this.nodes = nodes;
    this.rules = rules;
    this.identity = identity;
  }

  /**
   * Loads the extractors. Dictionaries and models that are already in use are shared.
   *
   * @throws IllegalArgumentException if an extractor is unknown, or its file is missing or
   *     malformed
   * @throws IOException if a file cannot be read
   */
  public static Extractors load(ExtractionSettings settings, ContentLoader loader)
      throws IOException {
    List<EntityExtractor> extractors = new ArrayList<>();
    ExtractorLoader files = new ExtractorLoader(settings, loader);
    List<String> identity = new ArrayList<>();
    Prompt prompt = null;
    for (String name : settings.extractors()) {
      ExtractorLoader.Loaded loaded;
      if (name.equals(AnswerExtractor.NAME)) {
        prompt = files.prompt();
        loaded = new ExtractorLoader.Loaded(AnswerExtractor.none(), prompt.identity());
      } else {
        loaded = files.load(name);
      }
      extractors.addAll(loaded.extractors());
      identity.add(name + " " + loaded.identity());
    }
    PatternRelations patterns = null;
    if (!settings.relationPatterns().isBlank()) {
      String content = loader.text(settings.relationPatterns());
      patterns = PatternRelations.parse(settings.relationPatterns(), content);
      identity.add("relations " + PatternRelations.VERSION + " " + ContentHash.of(content));
    }
    Set<String> values =
        settings.extractors().contains(NerExtractor.RECORDED_NAME)
                && settings.nameModels().contains(NameModels.GENERAL)
            ? NameModels.VALUES
            : Set.of();
    return new Extractors(
        extractors,
        patterns,
        prompt,
        settings.linksEntities() ? nodes(extractors, settings.nodeRules()) : NOT_STORED,
        new GraphRules(
            settings.maxRelationshipsPerSentence(),
            settings.evidence(),
            values,
            settings.passages()),
        ExtractionIdentity.of(identity, settings));
  }

  /** The prompt for the language model, if it is among the extractors. */
  public Optional<Prompt> prompt() {
    return Optional.ofNullable(prompt);
  }

  /** Returns these extractors with the answers of the language model. */
  public Extractors answeredBy(AnswerExtractor answers) {
    List<EntityExtractor> answered =
        extractors.stream()
            .map(extractor -> extractor instanceof AnswerExtractor ? answers : extractor)
            .toList();
    return new Extractors(answered, patterns, prompt, nodes, rules, identity);
  }

  /** The number of terms of the dictionary; empty without one. */
  public OptionalInt dictionaryTerms() {
    return extractors.stream()
        .filter(DictionaryExtractor.class::isInstance)
        .mapToInt(extractor -> ((DictionaryExtractor) extractor).dictionary().size())
        .findFirst();
  }

  /** The extractor of a token-classification model; empty without one. */
  public Optional<OnnxExtractor> onnx() {
    return extractors.stream()
        .filter(OnnxExtractor.class::isInstance)
        .map(OnnxExtractor.class::cast)
        .findFirst();
  }

  /** The types of the entities that are found; empty if they are not known beforehand. */
  public Optional<Set<String>> types() {
    Set<String> types = new TreeSet<>();
    for (EntityExtractor extractor : extractors) {
      Optional<Set<String>> known = extractor.types();
      if (known.isEmpty()) {
        return Optional.empty();
      }
      types.addAll(known.get());
    }
    return Optional.of(types);
  }

  /**
   * The names of the patterns of relations that never match, by a type of entity that they need and
   * no extractor finds.
   */
  public Map<String, List<String>> unmatchedPatterns() {
    return patterns == null ? Map.of() : types().map(patterns::unmatched).orElse(Map.of());
  }

  /** Combines the extractors in the order of the settings. */
  public EntityExtractor extractor() {
    return new CombinedExtractor(extractors);
  }

  /** Finds the nodes of entities by other rules than those of the settings. */
  public EntityNodes nodes(Set<NodeRule> rules) {
    return nodes(extractors, rules);
  }

  /** Creates the extractor of documents' graphs. */
  public GraphExtractor graphExtractor() {
    List<RelationExtractor> all = new ArrayList<>();
    if (patterns != null) {
      all.add(patterns);
    }
    for (EntityExtractor extractor : extractors) {
      if (extractor instanceof RelationExtractor relation) {
        all.add(relation);
      }
    }
    return new GraphExtractor(extractor(), all, nodes, rules);
  }

  /**
   * SHA-256, in lower-case hexadecimal, of the extractors' recorded names, order and versions, the
   * content of their files and the settings of relationships. While a document and this are
   * unchanged, the document need not be extracted again.
   */
  public String fingerprint() {
    return identity.fingerprint();
  }

  /** The embedding models of the settings, by the fingerprints of earlier versions with them. */
  public Map<String, String> formerFingerprints() {
    return identity.formerFingerprints();
  }

  private static EntityNodes nodes(List<EntityExtractor> extractors, Set<NodeRule> rules) {
    Dictionary dictionary = null;
    for (EntityExtractor extractor : extractors) {
      if (extractor instanceof DictionaryExtractor terms) {
        dictionary = terms.dictionary();
      }
    }
    return new EntityNodes(new NodeNames(rules), dictionary);
  }
}
