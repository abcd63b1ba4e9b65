package org.irisgraph.ask;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.irisgraph.extract.Dictionary;
import org.irisgraph.extract.DictionaryExtractor;
import org.irisgraph.extract.EntityNodes;
import org.irisgraph.extract.ExtractedGraph;
import org.irisgraph.extract.GraphExtractor;
import org.irisgraph.extract.GraphRules;
import org.irisgraph.extract.PatternRelations;
import org.irisgraph.graph.ContentHash;
import org.irisgraph.graph.Document;
import org.irisgraph.graph.DocumentGraph;
import org.irisgraph.graph.NodeNames;
import org.irisgraph.graph.Origin;
import org.irisgraph.graphrag.EvidenceTables;
import org.irisgraph.graphrag.GraphChangeLog;
import org.irisgraph.graphrag.GraphTables;
import org.irisgraph.graphrag.LinkedTables;
import org.irisgraph.graphrag.TargetTables;
import org.irisgraph.htmlreport.HtmlReport;
import org.irisgraph.iris.TestTarget;
import org.irisgraph.iris.TestWriter;
import org.irisgraph.jdbc.Database;
import org.irisgraph.ledger.Ledger;
import org.irisgraph.ledger.LedgerSettings;
import org.irisgraph.linked.LinkedGraph;
import org.irisgraph.options.IndexingOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** What is shown of a graph is what its documents say, on any database. */
public abstract class GraphQuestionsContract {

  private static final String TERMS =
      """
      gout\tDISEASE\tC1
      Podagra\tDISEASE\tC1
      aspirin\tDRUG
      fever\tSIGN
      lupus\tDISEASE
      rash\tSIGN
      malaria\tDISEASE
      scurvy\tDISEASE\tC9
      scorbutus\tDISEASE\tC9
      """;

  private static final Map<String, String> TEXTS =
      Map.of(
          "d1",
          """
          On aspirin

          Old text. Aspirin causes
            gout, and not lupus. Gout hurts.\
          """,
          "d2",
          "Podagra and fever. Fever again.",
          "d3",
          "A fever with rash.",
          "d4",
          "Of \ud83e\uddec: malaria.",
          "d5",
          "Diet | scurvy | 3\n\nScorbutus hurts. He had scurvy.");

  private static final Pattern QUESTION =
      Pattern.compile("\\*\\*([^*\n]+)\\*\\*\n\n```sql\n(.*?)```", Pattern.DOTALL);

  /** Which of the tables beside the ledger there are. */
  enum Beside {
    NODES_AND_EVIDENCE,
    NODES,
    EVIDENCE,
    NOTHING;

    private boolean hasNodes() {
      return this == NODES_AND_EVIDENCE || this == NODES;
    }

    private boolean hasEvidence() {
      return this == NODES_AND_EVIDENCE || this == EVIDENCE;
    }
  }

  private TestTarget target;
  private Connection connection;
  private GraphQuestions questions;

  /** A database, which the test closes; it may lose what is in its schema RAG. */
  protected abstract TestTarget open() throws Exception;

  @BeforeEach
  void openDatabase() throws Exception {
    target = open();
    target.clearSchema("RAG");
    connection = Database.connect(target.settings());
  }

  @AfterEach
  void close() throws Exception {
    connection.close();
    target.close();
  }

  private void store(Beside beside) throws Exception {
    LinkedTables linked = new LinkedTables(target.schema("RAG"));
    GraphTables tables = GraphTables.of(target.schema("RAG"));
    tables = beside.hasNodes() ? tables.linkedBy(linked) : tables;
    tables =
        beside.hasEvidence() ? tables.provedBy(new EvidenceTables(target.schema("RAG"))) : tables;
    String ledger = target.in("RAG.DocumentLedger");
    TargetTables all = new TargetTables(target.settings().dialect(), tables, ledger);
    all.create(connection);
    if (all.views().isPresent()) {
      all.views().get().create(connection);
      all.views().get().create(connection);
    }
    List<DocumentGraph> graphs = new ArrayList<>();
    for (String id : TEXTS.keySet().stream().sorted().toList()) {
      graphs.add(graph(id, TEXTS.get(id)));
    }
    try (TestWriter<DocumentGraph> writer =
        new TestWriter<>(
            target.settings(),
            tables.writes(),
            new Ledger(new LedgerSettings(ledger, "p", "r", "f"), tables),
            GraphTables::owner)) {
      (beside.hasNodes() ? writer.withChangeLog(new GraphChangeLog(linked)) : writer).write(graphs);
    }
    if (beside.hasNodes()) {
      new LinkedGraph(tables, linked, target.settings().dialect(), 1000).update(connection);
    }
    open(connection);
    assertThat(questions.isLinked(), is(beside.hasNodes()));
  }

  private void open(Connection connection) throws Exception {
    questions =
        new GraphQuestions(
            connection,
            target.settings().dialect(),
            GraphTables.of(target.schema("RAG")),
            target.schema("RAG"));
  }

  private static DocumentGraph graph(String id, String text) throws Exception {
    ExtractedGraph extracted =
        new GraphExtractor(
                new DictionaryExtractor(Dictionary.parse("terms", new StringReader(TERMS))),
                List.of(
                    PatternRelations.parse(
                        "relations",
                        "relations:\n"
                            + "  - {name: c, type: causes, pattern: '{source} causes"
                            + " {target}'}\n")),
                new EntityNodes(new NodeNames(Set.of()), null),
                new GraphRules(100, true, Set.of(), null))
            .extract(new Document(id, new Origin("/" + id, 0, 0), text, Map.of()));
    return DocumentGraph.builder()
        .setDocumentId(id)
        .setOrigin(new Origin("/" + id, 0, 0))
        .setText(text)
        .setContentHash(ContentHash.of(text))
        .setEntities(extracted.entities())
        .setRelationships(extracted.relationships())
        .build();
  }

  private static List<String> lines(ShownNode shown) {
    List<String> lines = new ArrayList<>();
    for (ShownNode.Group group : shown.neighbours()) {
      for (ShownNode.Neighbour neighbour : group.first()) {
        Proof proof = neighbour.proof();
        lines.add(
            "%s %s %s %d: %s"
                .formatted(
                    group.relation(),
                    group.direction(),
                    neighbour.node().name(),
                    neighbour.documents(),
                    proof == null ? "-" : proof.document() + " " + proof.marked("[", "]")));
      }
    }
    return lines;
  }

  private static List<String> lines(List<ShownPath> paths) {
    return paths.stream()
        .map(
            path -> {
              StringBuilder line = new StringBuilder(path.start().name());
              for (ShownPath.Step step : path.steps()) {
                Proof proof = step.proof();
                line.append(
                    " %s %s %s (%s)"
                        .formatted(
                            step.relation(),
                            step.direction(),
                            step.node().name(),
                            proof == null ? "-" : proof.marked("[", "]")));
              }
              return line.toString();
            })
        .toList();
  }

  @ParameterizedTest
  @EnumSource(Beside.class)
  void showsTheNeighboursOfANameWithSentencesThatProveThem(Beside beside) throws Exception {
    store(beside);

    GraphNode aspirin = questions.named("ASPIRIN").get(0);
    ShownNode shown = questions.show(aspirin, 5);

    assertThat(
        lines(shown),
        containsInAnyOrder(
            "causes to gout 1: d1 [Aspirin] causes [gout], and not lupus.",
            "co_occurs_with both gout 1: d1 [Aspirin] causes [gout], and not lupus.",
            "co_occurs_with both lupus 1: d1 [Aspirin] causes gout, and not [lupus]."));
    assertThat(shown.neighbours().get(0).relation(), is("causes"));
    assertThat(
        shown.proofs().stream()
            .map(proof -> proof.title() + ": " + proof.marked("[", "]"))
            .toList(),
        contains("On aspirin: On [aspirin]"));
    assertThat(shown.types(), is(Map.of("DRUG", 1)));
    assertThat(
        questions.show(questions.named("malaria").get(0), 5).proofs().stream()
            .map(proof -> proof.marked("[", "]"))
            .toList(),
        contains("Of \ud83e\uddec: [malaria]."));
    assertThat(questions.show(aspirin, 1).neighbours().get(1).count(), is(2L));
    assertThat(
        questions.show(aspirin, 1).neighbours().get(1).first(),
        is(shown.neighbours().get(1).first().subList(0, 1)));
  }

  @ParameterizedTest
  @EnumSource(Beside.class)
  void findsDocumentsByWhatTheyMentionByNeighboursAndByMeaning(Beside beside) throws Exception {
    store(beside);

    List<DocumentSearch.Found> found =
        questions.search(
            questions.named("rash"),
            List.of(new NearestTexts.Near("d4", 0.9), new NearestTexts.Near("d3", 0.5)),
            10);

    assertThat(
        found.stream().map(DocumentSearch.Found::document).toList(), contains("d3", "d2", "d4"));
    assertThat(
        found.get(0).reasons(),
        contains(
            "it mentions rash",
            "it mentions fever, of which the graph has: fever co_occurs_with rash",
            "its meaning is near (0.50)"));
    assertThat(
        found.stream().map(one -> Objects.requireNonNull(one.passage()).marked("[", "]")).toList(),
        contains("A fever with [rash].", "Podagra and [fever].", "Of \ud83e\uddec: malaria."));
    assertThat(questions.search(List.of(), List.of(), 10), is(empty()));
    assertThat(questions.search(questions.named("rash"), List.of(), 1).size(), is(1));
  }

  @ParameterizedTest
  @EnumSource(Beside.class)
  void showsASentenceWithTheNameRatherThanARowOfATable(Beside beside) throws Exception {
    store(beside);

    List<DocumentSearch.Found> found = questions.search(questions.named("scurvy"), List.of(), 1);

    assertThat(
        Objects.requireNonNull(found.get(0).passage()).marked("[", "]"), is("He had [scurvy]."));
  }

  @Test
  void aPassageWhoseMeaningIsNearFindsItsDocumentAndIsQuoted() throws Exception {
    store(Beside.NODES_AND_EVIDENCE);
    target.execute(
        "INSERT INTO RAG.SourceDocuments (doc_id, text_content) VALUES"
            + " ('d2_chunk_sentences_0', 'Podagra and fever.'),"
            + " ('d2_chunk_sentences_1', 'Fever again.')");

    List<DocumentSearch.Found> found =
        questions.search(
            List.of(),
            List.of(
                new NearestTexts.Near("d2_chunk_sentences_1", 0.9),
                new NearestTexts.Near("d3", 0.7),
                new NearestTexts.Near("d2_chunk_sentences_0", 0.5)),
            10);

    assertThat(found.stream().map(DocumentSearch.Found::document).toList(), contains("d2", "d3"));
    assertThat(found.get(0).reasons(), contains("its meaning is near (0.90)"));
    assertThat(Objects.requireNonNull(found.get(0).passage()).marked("[", "]"), is("Fever again."));
  }

  @Test
  void givesTheMostConnectedNodesAndWhatIsStatedBetweenThem() throws Exception {
    store(Beside.NODES_AND_EVIDENCE);
    ConnectedNodes connected =
        new ConnectedNodes(
            connection,
            target.settings().dialect(),
            GraphTables.of(target.schema("RAG")),
            target.schema("RAG"));

    ConnectedNodes.Part all = connected.part(5, 10);
    ConnectedNodes.Part part = connected.part(3, 2);

    assertThat(
        all.nodes().stream().map(hub -> hub.node().key() + " " + hub.edges()).toList(),
        contains("C1 4", "DRUG:aspirin 3", "DISEASE:lupus 2", "SIGN:fever 2", "SIGN:rash 1"));
    assertThat(all.edges().size(), is(6));
    assertThat(
        part.edges().stream()
            .map(
                edge ->
                    "%s %s %s %s: %s"
                        .formatted(
                            edge.edge().source(),
                            edge.edge().type(),
                            edge.edge().target(),
                            edge.directed(),
                            Objects.requireNonNull(edge.proof()).marked("[", "]")))
            .toList(),
        contains(
            "DRUG:aspirin causes C1 true: [Aspirin] causes [gout], and not lupus.",
            "C1 co_occurs_with DISEASE:lupus false: Aspirin causes [gout], and not [lupus]."));
  }

  @ParameterizedTest
  @EnumSource(Beside.class)
  void givesExamplesOfWhatDocumentsStateFirst(Beside beside) throws Exception {
    store(beside);

    List<String> examples = lines(questions.examples(2));

    assertThat(
        examples,
        contains(
            "aspirin causes to gout ([Aspirin] causes [gout], and not lupus.)",
            // By key: gout's is its concept, or else its name.
            beside.hasNodes()
                ? "gout co_occurs_with both lupus (Aspirin causes [gout], and not [lupus].)"
                : "fever co_occurs_with both rash (A [fever] with [rash].)"));
  }

  @Test
  void leavesOutEdgesOfWhichANodeHasVanished() throws Exception {
    store(Beside.NODES_AND_EVIDENCE);
    target.execute("DELETE FROM RAG.GraphNodes WHERE node_key = 'C1'");

    assertThat(
        lines(questions.examples(9)),
        contains(
            "lupus co_occurs_with both aspirin ([Aspirin] causes gout, and not [lupus].)",
            "fever co_occurs_with both rash (A [fever] with [rash].)"));
    assertThat(
        questions.between(questions.named("aspirin"), questions.named("fever")), is(empty()));
  }

  @ParameterizedTest
  @EnumSource(Beside.class)
  void findsTheShortestPathsOfTwoNames(Beside beside) throws Exception {
    store(beside);

    assertThat(
        lines(questions.between(questions.named("gout"), questions.named("aspirin"))),
        contains(
            "gout causes from aspirin ([Aspirin] causes [gout], and not lupus.)",
            "gout co_occurs_with both aspirin ([Aspirin] causes [gout], and not lupus.)"));
    assertThat(
        lines(questions.between(questions.named("rash"), questions.named("podagra"))),
        contains(
            "rash co_occurs_with both fever (A [fever] with [rash].) co_occurs_with both "
                + (beside.hasNodes() ? "gout" : "Podagra")
                + " ([Podagra] and [fever].)"));
    assertThat(
        "from the more frequent name",
        lines(questions.between(questions.named("podagra"), questions.named("rash"))),
        contains(
            (beside.hasNodes() ? "gout" : "Podagra")
                + " co_occurs_with both fever ([Podagra] and [fever].)"
                + " co_occurs_with both rash (A [fever] with [rash].)"));
    assertThat(questions.between(questions.named("rash"), questions.named("malaria")), is(empty()));
  }

  @ParameterizedTest
  @EnumSource(value = Beside.class, names = "NODES.*", mode = Mode.MATCH_ALL)
  void linksDocumentsThroughTheConceptOfTwoNames(Beside beside) throws Exception {
    store(beside);

    assertThat(questions.named("C1").stream().map(GraphNode::name).toList(), contains("gout"));
    assertThat(
        questions.show(questions.named("podagra").get(0), 5).spellings().keySet(),
        containsInAnyOrder("gout", "Podagra"));
    assertThat(
        lines(questions.between(questions.named("aspirin"), questions.named("rash"))),
        contains(
            "aspirin causes to gout ([Aspirin] causes [gout], and not lupus.)"
                + " co_occurs_with both fever ([Podagra] and [fever].)"
                + " co_occurs_with both rash (A [fever] with [rash].)"));
  }

  @ParameterizedTest
  @EnumSource(value = Beside.class, names = "NODES|NOTHING", mode = Mode.MATCH_ALL)
  void countsWhatThereIsByType(Beside beside) throws Exception {
    store(beside);

    IndexingOptions options = PipelineOptionsFactory.as(IndexingOptions.class);
    options.setJdbcUrl(target.settings().jdbcUrl());
    options.setSchema(target.schema("RAG"));
    options.setLedgerSchema(target.schema("RAG"));
    options.setPipeline("p");
    StatusReader reader = new StatusReader(options);
    reader.requireTables(connection);
    PipelineStatus status = reader.read(connection, Long.MAX_VALUE);

    assertThat(status.documents(), is(Map.of("indexed", 5L)));
    assertThat(status.graph().entities(), is(Map.of("DISEASE", 6L, "SIGN", 3L, "DRUG", 1L)));
    assertThat(status.graph().relationships(), is(Map.of("co_occurs_with", 5L, "causes", 1L)));
    assertThat(
        status.graph().nodes(),
        is(beside.hasNodes() ? Map.of("DISEASE", 4L, "SIGN", 2L, "DRUG", 1L) : null));
    assertThat(status.graph().unlinked(), is(0L));
    assertThat(status.rejected(), is(empty()));
    PipelineStatus.Run last = Objects.requireNonNull(status.lastRun());
    assertThat(last.runId(), is("r"));
    assertThat(last.totals().read(), is(5L));
    assertThat(status.running(), is(nullValue()));

    PipelineStatus large = reader.read(connection, 6);
    assertThat(large.graph().entities(), is(Map.of("", 10L)));
    assertThat(large.graph().relationships(), is(status.graph().relationships()));

    String page = new HtmlReport(options).read(connection);
    assertThat(page, containsString("\"timeline\":{\"runId\":\"r\""));
    assertThat(page.contains("\"graph\":{\"nodes\":[{"), is(beside.hasNodes()));
  }

  @Test
  void viewsJoinNamesDocumentsTitlesAndSentences() throws Exception {
    store(Beside.EVIDENCE);

    assertThat(
        target.rows(
            "SELECT entity_name, entity_type, title, sentence FROM RAG.GraphEntities"
                + " WHERE document_id = 'd1' ORDER BY entity_name"),
        contains(
            "aspirin|DRUG|On aspirin|On aspirin",
            "gout|DISEASE|On aspirin|Aspirin causes\n  gout, and not lupus.",
            "lupus|DISEASE|On aspirin|Aspirin causes\n  gout, and not lupus."));
    assertThat(
        target.rows(
            "SELECT source_name, relationship_type, target_name, title, sentence"
                + " FROM RAG.GraphStatements WHERE document_id IN ('d2', 'd3')"
                + " OR relationship_type = 'causes' ORDER BY source_name, relationship_type"),
        containsInAnyOrder(
            "aspirin|causes|gout|On aspirin|Aspirin causes\n  gout, and not lupus.",
            "Podagra|co_occurs_with|fever|Podagra and fever. Fever again.|Podagra and fever.",
            "fever|co_occurs_with|rash|A fever with rash.|A fever with rash."));
  }

  /** Views whose columns an earlier version had. */
  @Test
  void looksForTheNamesWhereOneOfTheTablesOfSentencesIsMissing() throws Exception {
    store(Beside.EVIDENCE);
    target.execute("DROP VIEW RAG.GraphStatements", "DROP TABLE RAG.RelationshipEvidence");
    open(connection);

    assertThat(
        lines(questions.show(questions.named("lupus").get(0), 5)),
        hasItem("co_occurs_with both aspirin 1: d1 [Aspirin] causes gout, and not [lupus]."));
  }

  /** As after a first run that was stopped. */
  @Test
  void showsEntitiesWhileTheLinkedGraphIsEmpty() throws Exception {
    store(Beside.NODES_AND_EVIDENCE);
    target.execute("DELETE FROM RAG.GraphNodes", "DELETE FROM RAG.GraphEdges");
    open(connection);

    assertThat(questions.isLinked(), is(false));
    assertThat(
        lines(questions.show(questions.named("lupus").get(0), 5)),
        hasItem("co_occurs_with both aspirin 1: d1 [Aspirin] causes gout, and not [lupus]."));
  }

  @Test
  void viewsOfAnEarlierVersionAreReplaced() throws Exception {
    store(Beside.EVIDENCE);
    String schema = target.schema("RAG");
    for (String view : List.of("GraphStatements", "GraphEntities")) {
      target.execute(
          "DROP VIEW RAG." + view,
          "CREATE VIEW RAG.%s AS SELECT entity_id FROM RAG.Entities".formatted(view));
    }

    new TargetTables(
            target.settings().dialect(),
            GraphTables.of(schema).provedBy(new EvidenceTables(schema)),
            target.in("RAG.DocumentLedger"))
        .views()
        .orElseThrow()
        .create(connection);

    assertThat(
        target.rows("SELECT passage_id FROM RAG.GraphEntities WHERE document_id = 'd3'"),
        is(not(empty())));
    assertThat(target.rows("SELECT sentence FROM RAG.GraphStatements"), is(not(empty())));
  }

  @Test
  void theQuestionsOfTheDocumentationHaveAnswers() throws Exception {
    store(Beside.NODES_AND_EVIDENCE);
    boolean isIris = target.settings().jdbcUrl().startsWith("jdbc:IRIS:");
    Map<String, String> questions = new LinkedHashMap<>();
    String[] parts = Files.readString(Path.of("docs/query.md")).split("### The same in IRIS", -1);
    for (String part : isIris ? parts : new String[] {parts[0]}) {
      QUESTION
          .matcher(part)
          .results()
          .forEach(question -> questions.put(question.group(1), question.group(2)));
    }
    for (String question : questions.values()) {
      String known = question.replace("'ropinirole'", "'aspirin'").replace("'diabetes'", "'gout'");
      // On the stand-in through the driver: not as the target looks into the database behind.
      try (Statement statement = connection.createStatement();
          ResultSet answer = statement.executeQuery(target.in(known))) {
        assertThat(question, answer.next(), is(true));
      }
    }
    assertThat(questions.size(), is(10));
    assertThat(parts.length, is(2));
  }

  @ParameterizedTest
  @EnumSource(value = Beside.class, names = "NODES_AND_EVIDENCE|NOTHING", mode = Mode.MATCH_ALL)
  void namesWhatIsNearAWrongName(Beside beside) throws Exception {
    store(beside);

    assertThat(questions.named("asprin"), is(empty()));
    assertThat(questions.nearest("asprin"), contains("aspirin"));
    assertThat(questions.nearest("LUPSU"), contains("lupus"));
    assertThat(questions.nearest("espirin"), contains("aspirin"));
    assertThat(questions.nearest("spirin"), contains("aspirin"));
    assertThat(questions.nearest("As"), contains("aspirin"));
    assertThat(questions.nearest("zzz"), is(empty()));
    assertThat(questions.nearest(" "), is(empty()));
  }
}
