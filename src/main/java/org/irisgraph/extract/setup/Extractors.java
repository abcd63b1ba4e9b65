package org.irisgraph.extract.setup;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.irisgraph.extract.CombinedExtractor;
import org.irisgraph.extract.ContentKeyedCache;
import org.irisgraph.extract.ContentLoader;
import org.irisgraph.extract.Dictionary;
import org.irisgraph.extract.DictionaryExtractor;
import org.irisgraph.extract.EntityExtractor;
import org.irisgraph.extract.EntityNodes;
import org.irisgraph.extract.GraphExtractor;
import org.irisgraph.extract.Passages;
import org.irisgraph.extract.PatternExtractor;
import org.irisgraph.extract.PatternRelations;
import org.irisgraph.extract.RelationExtractor;
import org.irisgraph.extract.SentenceSplitter;
import org.irisgraph.extract.llm.AnswerExtractor;
import org.irisgraph.extract.llm.ModelSettings;
import org.irisgraph.extract.llm.Prompt;
import org.irisgraph.extract.ner.NerExtractor;
import org.irisgraph.extract.onnx.OnnxExtractor;
import org.irisgraph.extract.onnx.OnnxSettings;
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

  private static final ContentKeyedCache<Dictionary> DICTIONARIES = new ContentKeyedCache<>();

  /** Takes the least time. */
  private static final EntityNodes NOT_STORED = new EntityNodes(new NodeNames(Set.of()), null);

  private final List<EntityExtractor> extractors;
  private final List<RelationExtractor> relations;
  private final @Nullable Prompt prompt;
  private final EntityNodes nodes;
  private final int maxRelationshipsPerSentence;
  private final boolean evidence;

  /** Types of entities that are not linked for sharing a sentence. */
  private final Set<String> values;

  private final @Nullable Passages passages;

  private final String fingerprint;

  private final Map<String, String> formerFingerprints;

  private Extractors(
      List<EntityExtractor> extractors,
      List<RelationExtractor> relations,
      @Nullable Prompt prompt,
      EntityNodes nodes,
      int maxRelationshipsPerSentence,
      boolean evidence,
      Set<String> values,
      @Nullable Passages passages,
      String fingerprint,
      Map<String, String> formerFingerprints) {
    this.extractors = List.copyOf(extractors);
    this.relations = List.copyOf(relations);
    this.prompt = prompt;
    this.nodes = nodes;
    this.maxRelationshipsPerSentence = maxRelationshipsPerSentence;
    this.evidence = evidence;
    this.values = values;
    this.passages = passages;
    this.fingerprint = fingerprint;
    this.formerFingerprints = Map.copyOf(formerFingerprints);
  }

  /** Extractors, and what their results depend on: their versions and the hashes of their files. */
  record Loaded(List<EntityExtractor> extractors, String identity) {

    Loaded(EntityExtractor extractor, String identity) {
      this(List.of(extractor), identity);
    }
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
    List<String> identity = new ArrayList<>();
    Prompt prompt = null;
    for (String name : settings.extractors()) {
      Loaded loaded;
      if (name.equals(AnswerExtractor.NAME)) {
        prompt = prompt(settings, loader);
        loaded = new Loaded(AnswerExtractor.none(), prompt.identity());
      } else {
        loaded = load(name, settings, loader);
      }
      extractors.addAll(loaded.extractors());
      identity.add(name + " " + loaded.identity());
    }
    List<RelationExtractor> relations = new ArrayList<>();
    if (!settings.relationPatterns().isBlank()) {
      String content = loader.text(settings.relationPatterns());
      relations.add(PatternRelations.parse(settings.relationPatterns(), content));
      identity.add("relations " + PatternRelations.VERSION + " " + ContentHash.of(content));
    }
    Set<String> values =
        settings.extractors().contains(NerExtractor.RECORDED_NAME)
                && settings.nameModels().contains(NameModels.GENERAL)
            ? NameModels.VALUES
            : Set.of();
    identity.add("combined " + CombinedExtractor.VERSION);
    identity.add("sentences " + SentenceSplitter.VERSION);
    identity.add("graph " + GraphExtractor.VERSION);
    if (settings.linksEntities()) {
      identity.add("nodes " + EntityNodes.VERSION + " " + new TreeSet<>(settings.nodeRules()));
    }
    if (settings.hasSameAs()) {
      // Not what is extracted, but what is derived from it: a change is for all documents.
      identity.add("same_as");
    }
    if (settings.evidence()) {
      identity.add("evidence");
    }
    int placeOfModel = identity.size();
    Passages passages = settings.passages();
    if (passages != null) {
      identity.add(
          "passages %d %d %d".formatted(Passages.VERSION, passages.size(), passages.overlap()));
    }
    identity.add("maxRelationshipsPerSentence " + settings.maxRelationshipsPerSentence());
    Map<String, String> former = new HashMap<>();
    for (String model : settings.embeddings()) {
      List<String> withModel = new ArrayList<>(identity);
      withModel.add(placeOfModel, "embedding " + model);
      former.put(ContentHash.of(String.join("\n", withModel)), model);
    }
    return new Extractors(
        extractors,
        relations,
        prompt,
        settings.linksEntities() ? nodes(extractors, settings.nodeRules()) : NOT_STORED,
        settings.maxRelationshipsPerSentence(),
        settings.evidence(),
        values,
        passages,
        ContentHash.of(String.join("\n", identity)),
        former);
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
    return new Extractors(
        answered,
        relations,
        prompt,
        nodes,
        maxRelationshipsPerSentence,
        evidence,
        values,
        passages,
        fingerprint,
        formerFingerprints);
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
    List<RelationExtractor> all = new ArrayList<>(relations);
    for (EntityExtractor extractor : extractors) {
      if (extractor instanceof RelationExtractor relation) {
        all.add(relation);
      }
    }
    GraphExtractor graph =
        new GraphExtractor(extractor(), all, nodes, maxRelationshipsPerSentence, evidence)
            .withoutCoOccurrencesOf(values);
    return passages == null ? graph : graph.in(passages);
  }

  /**
   * SHA-256, in lower-case hexadecimal, of the extractors' recorded names, order and versions, the
   * content of their files and the settings of relationships. While a document and this are
   * unchanged, the document need not be extracted again.
   */
  public String fingerprint() {
    return fingerprint;
  }

  /** The embedding models of the settings, by the fingerprints of earlier versions with them. */
  public Map<String, String> formerFingerprints() {
    return formerFingerprints;
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

  private static Loaded load(String name, ExtractionSettings settings, ContentLoader loader)
      throws IOException {
    return switch (name) {
      case DictionaryExtractor.NAME -> dictionary(settings, loader);
      case PatternExtractor.NAME -> patterns(settings.patterns(), loader);
      case NerExtractor.RECORDED_NAME -> names(settings.nameModels(), loader);
      case OnnxExtractor.NAME -> onnx(settings.onnx(), loader);
      default ->
          throw new IllegalArgumentException(
              "unknown extractor \"" + name + "\"; known are " + String.join(", ", KNOWN));
    };
  }

  /** One thread at a time, since the content of a large dictionary takes much memory. */
  private static synchronized Loaded dictionary(ExtractionSettings settings, ContentLoader loader)
      throws IOException {
    String location = settings.dictionary();
    String content = content(DictionaryExtractor.NAME, "dictionary", location, loader);
    String identity = ContentHash.of(content) + (settings.greekNames() ? " greekNames" : "");
    return new Loaded(
        new DictionaryExtractor(shared(location, content, identity, settings.greekNames())),
        DictionaryExtractor.VERSION + " " + identity);
  }

  private static Loaded patterns(String location, ContentLoader loader) throws IOException {
    String content = content(PatternExtractor.NAME, "patterns", location, loader);
    return new Loaded(
        PatternExtractor.parse(location, content),
        PatternExtractor.VERSION + " " + ContentHash.of(content));
  }

  private static Loaded onnx(@Nullable OnnxSettings settings, ContentLoader loader)
      throws IOException {
    if (settings == null) {
      throw new IllegalArgumentException(
          "extractor \""
              + OnnxExtractor.NAME
              + "\" needs the option onnxModel: the model's folder");
    }
    OnnxExtractor extractor = OnnxExtractor.load(settings, loader);
    return new Loaded(extractor, extractor.identity());
  }

  private static Prompt prompt(ExtractionSettings settings, ContentLoader loader)
      throws IOException {
    ModelSettings model = settings.model();
    if (model == null) {
      throw new IllegalArgumentException(
          "extractor \"" + AnswerExtractor.NAME + "\" needs the options llmUrl and llmModel");
    }
    return Prompt.load(model, loader);
  }

  /** One model keeps the identity that it had before there were several. */
  private static Loaded names(List<String> models, ContentLoader loader) throws IOException {
    List<EntityExtractor> extractors = new ArrayList<>();
    List<String> identities = new ArrayList<>();
    for (String model : models) {
      Loaded loaded = NameModels.load(model, loader);
      extractors.addAll(loaded.extractors());
      identities.add(loaded.identity());
    }
    return new Loaded(extractors, String.join(" and ", identities));
  }

  private static String content(
      String extractor, String option, String location, ContentLoader loader) throws IOException {
    if (location.isBlank()) {
      throw new IllegalArgumentException(
          "extractor \"" + extractor + "\" needs the option " + option + ": the file to use");
    }
    return loader.text(location);
  }

  /** Returns the dictionary with this content; shared while it is in use. */
  static Dictionary shared(String location, String content, String identity, boolean greekNames)
      throws IOException {
    return DICTIONARIES.get(
        identity, () -> Dictionary.parse(location, new StringReader(content), greekNames));
  }
}
