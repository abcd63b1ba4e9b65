package org.irisgraph.extract.setup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.sameInstance;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.irisgraph.extract.Dictionary;
import org.irisgraph.extract.Documents;
import org.irisgraph.extract.ExtractedGraph;
import org.irisgraph.extract.llm.ModelSettings;
import org.irisgraph.graph.Mention;
import org.irisgraph.graph.NodeRule;
import org.irisgraph.graph.Relationship;
import org.junit.jupiter.api.Test;

class ExtractorsTest {

  private static final String PATTERNS = "patterns: [{name: n, type: GENE, regex: 'TP\\d+'}]";
  private static final String RELATIONS =
      "relations: [{name: n, type: causes, pattern: '{source} causes {target}'}]";
  private static final Map<String, String> FILES =
      Map.of(
          "gout.tsv",
          "gout\tDISEASE\n",
          "copy.tsv",
          "gout\tDISEASE\n",
          "fever.tsv",
          "fever\tSYMPTOM\n",
          "bad.tsv",
          "gout\n",
          "causes.yaml",
          RELATIONS,
          "treats.yaml",
          RELATIONS.replace("type: causes", "type: treats"),
          "genes.yaml",
          PATTERNS,
          "genes2.yaml",
          PATTERNS.replace("TP", "BRCA"));

  @Test
  void createsTheExtractorsThatTheSettingsName() throws IOException {
    Extractors extractors = load(List.of("dictionary", "pattern"), "gout.tsv", "genes.yaml", 10);

    assertThat(
        extractors.extractor().extract(Documents.of("gout and TP53")).stream()
            .map(Mention::text)
            .toList(),
        contains("gout", "TP53"));
    assertThat(
        extractors.graphExtractor().extract(Documents.of("gout and TP53")).relationships(),
        hasSize(1));
  }

  @Test
  void loadsTheBundledModelByDefault() throws IOException {
    assertThat(
        load(List.of("opennlp"), "", "", 10)
            .extractor()
            .extract(Documents.of("Naloxone reverses the effect of clonidine."))
            .stream()
            .map(Mention::text)
            .toList(),
        contains("Naloxone", "clonidine"));
  }

  @Test
  void sharesOneDictionaryForEqualContent() throws IOException {
    Dictionary first = ExtractorLoader.shared("gout.tsv", "gout\tDISEASE\n", "hash of gout", false);
    Dictionary second =
        ExtractorLoader.shared("copy.tsv", "gout\tDISEASE\n", "hash of gout", false);
    Dictionary other =
        ExtractorLoader.shared("fever.tsv", "fever\tSYMPTOM\n", "hash of fever", false);

    assertThat(second, sameInstance(first));
    assertThat(other, not(sameInstance(first)));
  }

  @Test
  void namesTheKnownExtractorsIfOneIsUnknown() {
    assertThat(
        failure(List.of("dictionery"), "gout.tsv", ""),
        equalTo(
            "unknown extractor \"dictionery\"; known are dictionary, pattern, ner, opennlp, onnx,"
                + " llm"));
  }

  @Test
  void namesTheMissingOptionOfAnExtractor() {
    assertThat(
        failure(List.of("dictionary"), "", ""),
        equalTo("extractor \"dictionary\" needs the option dictionary: the file to use"));
    assertThat(
        failure(List.of("pattern"), "gout.tsv", ""),
        equalTo("extractor \"pattern\" needs the option patterns: the file to use"));
  }

  @Test
  void namesTheMalformedFile() {
    assertThat(
        failure(List.of("dictionary"), "bad.tsv", ""),
        startsWith("bad.tsv line 1: the term \"gout\" has no type"));
    assertThrows(
        FileNotFoundException.class, () -> load(List.of("dictionary"), "none.tsv", "", 10));
  }

  @Test
  void rejectsInvalidSettings() {
    assertThrows(IllegalArgumentException.class, () -> ExtractionSettings.builder(List.of()));
    assertThrows(
        IllegalArgumentException.class,
        () -> ExtractionSettings.builder(List.of("pattern", "pattern")));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            ExtractionSettings.builder(List.of("pattern")).maxRelationshipsPerSentence(-1).build());
  }

  @Test
  void hasTheSameFingerprintForTheSameContentAtAnotherLocation() throws IOException {
    String fingerprint = load(List.of("dictionary"), "gout.tsv", "", 10).fingerprint();

    assertThat(fingerprint, matchesPattern("[0-9a-f]{64}"));
    assertThat(load(List.of("dictionary"), "copy.tsv", "", 10).fingerprint(), equalTo(fingerprint));
    assertThat(
        load(List.of("dictionary"), "copy.tsv", "genes.yaml", 10).fingerprint(),
        equalTo(fingerprint));
  }

  @Test
  void hasAnotherFingerprintForWhateverChangesTheGraph() throws IOException {
    List<String> both = List.of("dictionary", "pattern");
    Set<String> fingerprints = new HashSet<>();
    fingerprints.add(load(List.of("dictionary"), "gout.tsv", "", 10).fingerprint());
    fingerprints.add(load(List.of("dictionary"), "fever.tsv", "", 10).fingerprint());
    fingerprints.add(load(List.of("dictionary"), "gout.tsv", "", 11).fingerprint());
    fingerprints.add(load(both, "gout.tsv", "genes.yaml", 10).fingerprint());
    fingerprints.add(load(both, "gout.tsv", "genes2.yaml", 10).fingerprint());
    fingerprints.add(
        load(List.of("pattern", "dictionary"), "gout.tsv", "genes.yaml", 10).fingerprint());
    fingerprints.add(load(List.of("opennlp"), "", "", 10).fingerprint());
    fingerprints.add(load(List.of("dictionary", "opennlp"), "gout.tsv", "", 10).fingerprint());

    assertThat(fingerprints, hasSize(8));
  }

  @Test
  void hasAnotherFingerprintForOtherRulesOfNodesIfEntitiesAreLinked() throws IOException {
    Set<String> fingerprints = new HashSet<>();
    for (Set<NodeRule> rules :
        List.of(
            EnumSet.allOf(NodeRule.class), Set.of(NodeRule.PLURALS), Set.of(NodeRule.BRITISH))) {
      fingerprints.add(
          Extractors.load(
                  ExtractionSettings.builder(List.of("dictionary"))
                      .dictionary("gout.tsv")
                      .linksEntities(true)
                      .nodeRules(rules)
                      .maxRelationshipsPerSentence(10)
                      .build(),
                  ExtractorsTest::read)
              .fingerprint());
    }

    fingerprints.add(
        Extractors.load(
                ExtractionSettings.builder(List.of("dictionary"))
                    .dictionary("gout.tsv")
                    .linksEntities(true)
                    .hasSameAs(true)
                    .maxRelationshipsPerSentence(10)
                    .build(),
                ExtractorsTest::read)
            .fingerprint());

    assertThat(fingerprints, hasSize(4));
    assertThat(
        "not linked",
        fingerprints,
        not(hasItem(load(List.of("dictionary"), "gout.tsv", "", 10).fingerprint())));
  }

  @Test
  void followsTheRulesOfNodesIfEntitiesAreLinked() throws IOException {
    Map<Boolean, String> keys = new HashMap<>();
    for (boolean links : List.of(true, false)) {
      Extractors extractors =
          Extractors.load(
              ExtractionSettings.builder(List.of("dictionary"))
                  .dictionary("seizures.tsv")
                  .linksEntities(links)
                  .maxRelationshipsPerSentence(10)
                  .build(),
              location -> "seizures\tDISEASE\n".getBytes(UTF_8));
      ExtractedGraph graph = extractors.graphExtractor().extract(Documents.of("Seizures"));
      keys.put(links, graph.entities().get(0).node().key());
    }

    assertThat(keys, is(Map.of(true, "DISEASE:seizure", false, "DISEASE:seizures")));
  }

  @Test
  void hasTheSameFingerprintForBothNamesOfTheNerExtractor() throws IOException {
    Extractors ner = load(List.of("dictionary", "ner"), "gout.tsv", "", 10);
    Extractors opennlp = load(List.of("dictionary", "opennlp"), "gout.tsv", "", 10);

    assertThat(ner.fingerprint(), equalTo(opennlp.fingerprint()));
  }

  @Test
  void recordsTheSameNameForBothNamesOfTheNerExtractor() throws IOException {
    for (String name : List.of("ner", "opennlp")) {
      assertThat(
          load(List.of(name), "", "", 10)
              .extractor()
              .extract(Documents.of("Naloxone helps."))
              .get(0)
              .extractor(),
          is("opennlp"));
    }
  }

  @Test
  void rejectsBothNamesOfTheNerExtractorAtOnce() {
    assertThat(
        failure(List.of("ner", "opennlp"), "", ""),
        is(
            "extractors must not name an extractor twice (ner and opennlp are the same):"
                + " ner,opennlp"));
  }

  @Test
  void hasAnotherFingerprintForOtherRelationPatterns() throws IOException {
    Set<String> fingerprints = new HashSet<>();
    for (String relations : List.of("", "causes.yaml", "treats.yaml")) {
      fingerprints.add(
          Extractors.load(
                  ExtractionSettings.builder(List.of("dictionary"))
                      .dictionary("gout.tsv")
                      .relationPatterns(relations)
                      .maxRelationshipsPerSentence(10)
                      .build(),
                  ExtractorsTest::read)
              .fingerprint());
    }

    assertThat(fingerprints, hasSize(3));
  }

  @Test
  void extractsRelationsByPattern() throws IOException {
    Extractors extractors =
        Extractors.load(
            ExtractionSettings.builder(List.of("dictionary", "pattern"))
                .dictionary("gout.tsv")
                .patterns("genes.yaml")
                .relationPatterns("causes.yaml")
                .maxRelationshipsPerSentence(10)
                .build(),
            ExtractorsTest::read);

    assertThat(
        extractors
            .graphExtractor()
            .extract(Documents.of("TP53 causes gout"))
            .relationships()
            .stream()
            .map(Relationship::type)
            .toList(),
        contains("causes", "co_occurs_with"));
  }

  @Test
  void namesAFileThatIsNoModel() {
    Exception thrown =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                Extractors.load(
                    ExtractionSettings.builder(List.of("ner"))
                        .nameModels(List.of("gout.tsv"))
                        .maxRelationshipsPerSentence(10)
                        .build(),
                    ExtractorsTest::read));

    assertThat(
        thrown.getMessage(), equalTo("gout.tsv is not a model that the command train has written"));
  }

  @Test
  void survivesSerialization() throws Exception {
    ExtractionSettings settings =
        ExtractionSettings.builder(List.of("dictionary", "pattern"))
            .dictionary("a")
            .patterns("b")
            .relationPatterns("c")
            .nameModels(List.of("d"))
            .maxRelationshipsPerSentence(7)
            .model(new ModelSettings("m", "", List.of("DRUG"), List.of(), 1024, ""))
            .build();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(settings);
    }

    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(in.readObject(), is((Object) settings));
    }
  }

  private static String failure(List<String> names, String dictionary, String patterns) {
    return assertThrows(IllegalArgumentException.class, () -> load(names, dictionary, patterns, 10))
        .getMessage();
  }

  private static Extractors load(
      List<String> names, String dictionary, String patterns, int maxRelationships)
      throws IOException {
    return Extractors.load(
        ExtractionSettings.builder(names)
            .dictionary(dictionary)
            .patterns(patterns)
            .maxRelationshipsPerSentence(maxRelationships)
            .build(),
        ExtractorsTest::read);
  }

  private static byte[] read(String location) throws IOException {
    if (!FILES.containsKey(location)) {
      throw new FileNotFoundException(location);
    }
    return FILES.get(location).getBytes(UTF_8);
  }
}
