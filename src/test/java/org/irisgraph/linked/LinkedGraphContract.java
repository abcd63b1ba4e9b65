package org.irisgraph.linked;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.irisgraph.graph.ContentHash;
import org.irisgraph.graph.DocumentGraph;
import org.irisgraph.graph.Entity;
import org.irisgraph.graph.GraphIds;
import org.irisgraph.graph.Node;
import org.irisgraph.graph.Origin;
import org.irisgraph.graph.Relationship;
import org.irisgraph.graphrag.GraphChangeLog;
import org.irisgraph.graphrag.GraphTables;
import org.irisgraph.graphrag.Layout;
import org.irisgraph.graphrag.LinkedTables;
import org.irisgraph.graphrag.TargetTables;
import org.irisgraph.graphrag.UnlinkedChanges;
import org.irisgraph.iris.TestTarget;
import org.irisgraph.jdbc.Database;
import org.irisgraph.jdbc.KeyedRows;
import org.irisgraph.jdbc.LocalTransaction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nodes and edges are a function of the documents in the tables, whatever has happened before. */
public abstract class LinkedGraphContract {

  private final Map<String, DocumentGraph> documents = new TreeMap<>();
  TestTarget target;
  LinkedTables linked;
  private GraphTables unlinked;
  private GraphTables tables;
  private boolean hasWeights;
  private DocumentRuns runs;

  /** A database, which the test closes; it may lose what is in its schema RAG. */
  protected abstract TestTarget open() throws Exception;

  @BeforeEach
  void createTables() throws Exception {
    target = open();
    linked = new LinkedTables(target.schema("RAG"));
    runs = new DocumentRuns(target, linked);
    unlinked = GraphTables.of(target.schema("RAG")).linkedBy(linked);
    tables = unlinked;
    createTables(Layout.A);
  }

  private void createTables(Layout layout) throws Exception {
    target.clearSchema("RAG");
    target.execute(layout.statements());
    hasWeights = layout != Layout.B && layout != Layout.B_WITHOUT_CASCADES;
    try (Connection connection = Database.connect(target.settings())) {
      new TargetTables(target.settings().dialect(), unlinked, target.in("RAG.DocumentLedger"))
          .create(connection);
    }
  }

  @AfterEach
  void releaseTarget() throws Exception {
    target.close();
  }

  /** A document with a chain of entities; a name may be followed by = and a concept. */
  static DocumentGraph document(String id, String... names) {
    List<Entity> entities = new ArrayList<>();
    List<Relationship> relationships = new ArrayList<>();
    for (String spelling : names) {
      String[] parts = spelling.split("=", -1);
      String name = parts[0];
      String entityId = GraphIds.entity(id, "DISEASE", name);
      Node node =
          parts.length == 2
              ? new Node(parts[1], parts[1])
              : new Node("DISEASE:" + GraphIds.normalise(name), null);
      if (entities.stream().anyMatch(entity -> entity.id().equals(entityId))) {
        continue;
      }
      entities.add(
          new Entity(entityId, name, "DISEASE", 1, 0, name.length(), 2, "test", node, List.of()));
      if (entities.size() > 1) {
        String previous = entities.get(entities.size() - 2).id();
        String type =
            switch (entities.size() % 4) {
              case 2 -> "co_occurs_with";
              case 3 -> "causes";
              // As a pattern or a language model may find within a document.
              default -> "same_as";
            };
        relationships.add(
            new Relationship(
                GraphIds.relationship(id, previous, entityId, type),
                previous,
                entityId,
                type,
                entities.size(),
                1.0 / entities.size()));
      }
    }
    return DocumentGraph.builder()
        .setDocumentId(id)
        .setOrigin(new Origin("/" + id, 0, 0))
        .setText(id + String.join(" ", names))
        .setContentHash(ContentHash.of(id + String.join(" ", names)))
        .setEntities(entities)
        .setRelationships(relationships)
        .build();
  }

  void write(int batchRows, DocumentGraph... graphs) throws Exception {
    runs.write(tables, batchRows, graphs);
    assertThat("no relationship dangles", dangling(), is(empty()));
    for (DocumentGraph graph : graphs) {
      documents.put(graph.requireDocumentId(), graph);
    }
  }

  private void remove(String id) throws Exception {
    remove(1000, id);
  }

  private void remove(int batchRows, String id) throws Exception {
    runs.remove(tables, batchRows, id);
    assertThat("no relationship dangles", dangling(), is(empty()));
    documents.remove(id);
  }

  CorrectedRows update(int batchRows) throws SQLException {
    try (Connection connection = Database.connect(target.settings())) {
      return graph(batchRows).update(connection);
    }
  }

  CorrectedRows rebuild() throws SQLException {
    try (Connection connection = Database.connect(target.settings())) {
      return graph(1000).rebuild(connection);
    }
  }

  private LinkedGraph graph(int batchRows) {
    return new LinkedGraph(tables, linked, target.settings().dialect(), batchRows);
  }

  private List<String> nodes() throws SQLException {
    return sorted(
        target.rows(
            "SELECT node_key, node_name, node_type, concept, documents, mentions"
                + " FROM RAG.GraphNodes"));
  }

  List<String> edges() throws SQLException {
    return sorted(
        target.rows(
            "SELECT source_node, edge_type, target_node, documents, statements"
                + " FROM RAG.GraphEdges"));
  }

  private List<String> relationships() throws SQLException {
    return sorted(
        target.rows(
            "SELECT relationship_id, source_entity_id, relationship_type, target_entity_id"
                + " FROM RAG.EntityRelationships"));
  }

  private List<String> links() throws SQLException {
    return relationships().stream().filter(row -> row.contains("|same_as|")).toList();
  }

  private List<String> dangling() throws SQLException {
    return target.rows(
        "SELECT relationship_id FROM RAG.EntityRelationships r WHERE NOT EXISTS (SELECT 1 FROM"
            + " RAG.Entities e WHERE e.entity_id = r.source_entity_id) OR NOT EXISTS (SELECT 1"
            + " FROM RAG.Entities e WHERE e.entity_id = r.target_entity_id)");
  }

  /** The relationships of the documents and, if they are wanted, between them. */
  private List<String> expectedRelationships() {
    List<String> rows = new ArrayList<>();
    Map<String, Map<String, String>> documentOfEntity = new TreeMap<>();
    for (DocumentGraph graph : documents.values()) {
      for (Relationship own : graph.relationships()) {
        rows.add(row(own.id(), own.sourceEntityId(), own.type(), own.targetEntityId()));
      }
      for (Entity entity : graph.entities()) {
        documentOfEntity
            .computeIfAbsent(entity.node().key(), key -> new TreeMap<>())
            .put(entity.id(), graph.requireDocumentId());
      }
    }
    if (tables.hasSameAs()) {
      for (Map<String, String> node : documentOfEntity.values()) {
        String first = node.keySet().iterator().next();
        boolean few = new TreeSet<>(node.values()).size() <= 8;
        node.forEach(
            (source, document) ->
                node.forEach(
                    (goal, other) -> {
                      if (source.compareTo(goal) < 0
                          && !document.equals(other)
                          && (few || source.equals(first))) {
                        String id = GraphIds.relationship(document, source, goal, "same_as");
                        rows.add(row(id, source, "same_as", goal));
                      }
                    }));
      }
    }
    return sorted(rows);
  }

  private static String row(String... values) {
    return String.join("|", values);
  }

  private static List<String> sorted(List<String> rows) {
    return rows.stream().sorted().toList();
  }

  /** The nodes of the documents, computed from what was written. */
  private List<String> expectedNodes() {
    Map<String, List<Entity>> byNode = new TreeMap<>();
    Map<String, Integer> documentsOfNode = new TreeMap<>();
    for (DocumentGraph graph : documents.values()) {
      graph.entities().stream()
          .map(entity -> entity.node().key())
          .distinct()
          .forEach(key -> documentsOfNode.merge(key, 1, Integer::sum));
      for (Entity entity : graph.entities()) {
        byNode.computeIfAbsent(entity.node().key(), key -> new ArrayList<>()).add(entity);
      }
    }
    List<String> rows = new ArrayList<>();
    byNode.forEach(
        (key, entities) -> {
          Map<String, Integer> names = new TreeMap<>();
          entities.forEach(entity -> names.merge(entity.name(), entity.mentions(), Integer::sum));
          int most = names.values().stream().mapToInt(Integer::intValue).max().orElseThrow();
          String name =
              names.entrySet().stream()
                  .filter(entry -> entry.getValue() == most)
                  .findFirst()
                  .orElseThrow()
                  .getKey();
          rows.add(
              "%s|%s|DISEASE|%s|%d|%d"
                  .formatted(
                      key,
                      name,
                      entities.get(0).node().concept(),
                      documentsOfNode.get(key),
                      names.values().stream().mapToInt(Integer::intValue).sum()));
        });
    return sorted(rows);
  }

  /** The edges of the documents, computed from what was written. */
  List<String> expectedEdges() {
    Map<String, long[]> edges = new TreeMap<>();
    for (DocumentGraph graph : documents.values()) {
      Map<String, String> nodeOf = new TreeMap<>();
      graph.entities().forEach(entity -> nodeOf.put(entity.id(), entity.node().key()));
      Map<String, Long> ofDocument = new TreeMap<>();
      for (Relationship relationship : graph.relationships()) {
        String source = nodeOf.get(relationship.sourceEntityId());
        String goal = nodeOf.get(relationship.targetEntityId());
        boolean turned = relationship.type().equals("co_occurs_with") && source.compareTo(goal) > 0;
        if (!source.equals(goal)) {
          ofDocument.merge(
              (turned ? goal : source) + "|" + relationship.type() + "|" + (turned ? source : goal),
              hasWeights ? Math.round(relationship.weight()) : 1,
              Long::sum);
        }
      }
      ofDocument.forEach(
          (edge, statements) -> {
            long[] sums = edges.computeIfAbsent(edge, key -> new long[2]);
            sums[0]++;
            sums[1] += statements;
          });
    }
    List<String> rows = new ArrayList<>();
    edges.forEach((edge, sums) -> rows.add(edge + "|" + sums[0] + "|" + sums[1]));
    return sorted(rows);
  }

  private void assertUpToDate(String when) throws Exception {
    assertThat(when, nodes(), is(expectedNodes()));
    assertThat(when, edges(), is(expectedEdges()));
    assertThat(when, relationships(), is(expectedRelationships()));
    assertThat(
        when,
        target.rows("SELECT change_key FROM RAG.GraphChanges WHERE change_key < 'turn'"),
        is(empty()));
  }

  @Test
  void entitiesOfTwoDocumentsShareANode() throws Exception {
    write(
        1000,
        document("a", "heart attack=MESH:D009203", "gout"),
        document("b", "Gout", "myocardial infarction=MESH:D009203", "Gout "));

    CorrectedRows changes = update(1000);

    assertThat(
        nodes(),
        contains(
            "DISEASE:gout|Gout|DISEASE|null|2|4",
            "MESH:D009203|heart attack|DISEASE|MESH:D009203|2|4"));
    assertThat(edges(), contains("DISEASE:gout|co_occurs_with|MESH:D009203|2|4"));
    assertThat(changes, is(new CorrectedRows(2, 0, 1, 0, 0, 0)));
    assertThat("again", update(1000).isEmpty(), is(true));
    assertThat("anew", rebuild().isEmpty(), is(true));
  }

  @Test
  void whatADocumentNoLongerSaysIsGone() throws Exception {
    write(1000, document("a", "gout", "asthma"), document("b", "gout", "lupus"));
    update(1000);

    write(1000, document("a", "asthma"));
    remove("b");
    update(1000);

    assertThat(nodes(), contains("DISEASE:asthma|asthma|DISEASE|null|1|2"));
    assertThat(edges(), is(empty()));
  }

  @Tag("slow")
  @Test
  void equalsTheDocumentsAfterAnyEdits() throws Exception {
    tables = unlinked.withSameAs();
    makeAnyEdits(40);
  }

  /** With foreign keys that cascade or refuse, and without weight, confidence and document. */
  @Tag("slow")
  @ParameterizedTest
  @EnumSource(Layout.class)
  void equalsTheDocumentsAfterAnyEditsInTablesOfEarlierVersions(Layout layout) throws Exception {
    createTables(layout);
    tables = unlinked.withSameAs();
    makeAnyEdits(12);
  }

  private void makeAnyEdits(int steps) throws Exception {
    Random random = new Random(7);
    for (int step = 0; step < steps; step++) {
      if (random.nextInt(4) == 0 && !documents.isEmpty()) {
        List<String> ids = List.copyOf(documents.keySet());
        remove(random.nextBoolean() ? 1000 : 3, ids.get(random.nextInt(ids.size())));
      } else {
        DocumentGraph[] graphs = new DocumentGraph[1 + random.nextInt(3)];
        for (int i = 0; i < graphs.length; i++) {
          graphs[i] = document("doc" + (i + 3 * random.nextInt(4)), names(random));
        }
        write(random.nextBoolean() ? 1000 : 3, graphs);
      }
      if (random.nextInt(3) > 0) {
        update(random.nextBoolean() ? 1000 : 2);
        assertUpToDate("step " + step);
      }
    }
    rebuild();
    assertUpToDate("rebuilt");
    for (int portion : new int[] {1, 4}) {
      target.execute("DELETE FROM RAG.GraphNodes", "DELETE FROM RAG.GraphEdges");
      Queue<String> shown = new ConcurrentLinkedQueue<>();
      try (Connection connection = Database.connect(target.settings())) {
        inParallel(portion).showing(shown::add).rebuild(connection);
      }
      assertThat(shown, hasItem("%1$d of %1$d parts".formatted(shown.size())));
      assertUpToDate("rebuilt from nothing in portions of " + portion);
    }
  }

  private LinkedGraph inParallel(int portion) {
    return new LinkedGraph(tables, linked, target.settings().dialect(), 3)
        .inPortionsOf(portion)
        .summedUpFrom(0)
        .onConnections(target.settings());
  }

  @Test
  void readsAgainWhatAnotherProcessMayHaveCorrectedMeanwhile() throws Exception {
    StoredRows.Difference none =
        StoredRows.of(target.settings().dialect(), linked.nodeDefinition())
            .difference(Map.of(), Map.of());
    GraphTransaction.Reading nothing = () -> new Corrections(none, none, null, null);
    AtomicInteger readings = new AtomicInteger();
    try (Connection connection = Database.connect(target.settings());
        Connection other = Database.connect(target.settings())) {
      GraphTransaction.addTurns(connection, linked.changes());
      for (GraphTransaction sharing : sharing(connection)) {
        sharing.run(
            connection,
            () -> {
              if (readings.incrementAndGet() == 2) {
                new GraphTransaction(linked.changes(), 3, () -> {}).run(other, nothing, List.of());
              }
              return nothing.run();
            },
            List.of());
      }
    }
    assertThat(readings.get(), is(3));
  }

  /** Two workers that share a turn. */
  private List<GraphTransaction> sharing(Connection connection) throws SQLException {
    String turn = new GraphTransaction(linked.changes(), 3, () -> {}).share(connection);
    NodeRange all = NodeRange.between(NodeRange.START, null);
    return Stream.of(0, 1)
        .map(number -> new GraphPortion(all, GraphPortion.Part.EVERYTHING, number, turn))
        .map(portion -> new GraphTransaction(linked.changes(), 3, () -> {}, portion))
        .toList();
  }

  @Test
  void workersOfARebuildDoNotWaitForOneAnother() throws Exception {
    StoredRows.Difference none =
        StoredRows.of(target.settings().dialect(), linked.nodeDefinition())
            .difference(Map.of(), Map.of());
    AtomicInteger readings = new AtomicInteger();
    try (Connection connection = Database.connect(target.settings());
        Connection other = Database.connect(target.settings())) {
      GraphTransaction.addTurns(connection, linked.changes());
      List<GraphTransaction> workers = sharing(connection);
      GraphTransaction.Reading reading =
          () -> {
            readings.incrementAndGet();
            return new Corrections(none, none, null, null);
          };
      LocalTransaction.run(
          connection,
          open -> {
            KeyedRows.delete(
                open, linked.changes(), "change_key", List.of(LinkedTables.TURNS.get(0)));
            workers.get(1).run(other, reading, List.of());
            return true;
          });
    }
    assertThat(readings.get(), is(1));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void isStoppedAnywhereAndTheNextUpdateGoesOn(boolean everything) throws Exception {
    tables = unlinked.withSameAs();
    for (int i = 0; i < 4; i++) {
      write(1000, document("d" + i, "gout", "asthma", "lupus"));
    }
    AtomicInteger left = new AtomicInteger();
    Runnable check =
        () -> {
          if (left.decrementAndGet() < 0) {
            throw new IllegalStateException("stopped");
          }
        };
    int stopped = 0;
    boolean ended = false;
    while (!ended) {
      left.set(stopped);
      try (Connection connection = Database.connect(target.settings())) {
        LinkedGraph graph = inParallel(1).stoppedBy(check);
        if (everything) {
          graph.rebuild(connection);
        } else {
          graph.update(connection);
        }
        ended = true;
      } catch (IllegalStateException e) {
        assertThat(e.getMessage(), is("stopped"));
        stopped++;
      }
    }

    assertThat(stopped, is(greaterThan(4)));
    update(1000);
    assertUpToDate("in the end");
  }

  @Test
  void manyMayLinkAtOnceWhileDocumentsChange() throws Exception {
    tables = unlinked.withSameAs();
    Random random = new Random(11);
    ExecutorService others = Executors.newFixedThreadPool(2);
    try {
      for (int step = 0; step < 6; step++) {
        List<Future<?>> linking = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
          linking.add(
              others.submit(
                  () -> {
                    try (Connection connection = Database.connect(target.settings())) {
                      return inParallel(1).rebuild(connection);
                    }
                  }));
        }
        DocumentGraph changed = document("doc" + random.nextInt(5), names(random));
        // A link that is stored while its entity is deleted stays until the next update.
        runs.write(tables, 1000, changed);
        documents.put(changed.requireDocumentId(), changed);
        update(1000);
        for (Future<?> one : linking) {
          one.get();
        }
        update(1000);
        assertUpToDate("step " + step);
        assertThat("no relationship dangles", dangling(), is(empty()));
      }
    } finally {
      others.shutdownNow();
    }
  }

  private static String[] names(Random random) {
    String[] all = {
      "gout", "Gout", "asthma", "lupus", "flu=C1", "influenza=C1", "heart attack=C2", "ache", "x"
    };
    int share = 1 + random.nextInt(3);
    return Arrays.stream(all).filter(name -> random.nextInt(4) < share).toArray(String[]::new);
  }

  @Test
  void linksTheEntitiesOfANodeInPairsOrInManyDocumentsToTheFirst() throws Exception {
    tables = unlinked.withSameAs();
    for (int i = 0; i < 8; i++) {
      write(1000, document("d" + i, "gout"));
    }
    assertThat(update(1000).sameAsWritten(), is(28L));
    assertThat(
        target.rows(
            "SELECT COUNT(*) FROM RAG.EntityRelationships r JOIN RAG.Entities e ON e.entity_id ="
                + " r.source_entity_id WHERE r.weight = 1 AND r.confidence = 1"
                + " AND r.source_document = e.source_doc_id"),
        contains("28"));

    write(1000, document("d8", "gout"));
    update(5);
    assertThat(links(), hasSize(8));
    assertUpToDate("nine documents");

    String first = links().get(0).split("\\|", -1)[1];
    String document =
        target
            .rows("SELECT source_doc_id FROM RAG.Entities WHERE entity_id = '" + first + "'")
            .get(0);
    remove(3, document);
    assertThat("links go with the entity", links(), is(empty()));
    update(5);
    assertThat(links(), hasSize(28));
    assertUpToDate("eight documents");
  }

  @Test
  void replacingADocumentLeavesTheLinksOfEntitiesThatStay() throws Exception {
    tables = unlinked.withSameAs();
    write(1000, document("a", "gout", "asthma"), document("b", "gout", "asthma"));
    update(1000);
    List<String> before = links();

    write(1000, document("a", "gout", "asthma", "lupus"), document("b", "asthma", "gout"));

    assertThat(before, hasSize(2));
    assertThat(links(), is(before));
    assertThat(update(1000).sameAsWritten(), is(0L));
  }

  @Test
  void removesALinkThatAnotherProcessHasStoredWhileItsEntityWasDeleted() throws Exception {
    tables = unlinked.withSameAs();
    write(1000, document("a", "gout"), document("b", "gout"));
    update(1000);
    String[] link = links().get(0).split("\\|", -1);
    String source = link[1];
    String document = source.equals(GraphIds.entity("a", "DISEASE", "gout")) ? "a" : "b";
    remove(document);
    target.execute(
        ("INSERT INTO RAG.EntityRelationships (relationship_id, source_entity_id,"
                + " target_entity_id, relationship_type, source_document)"
                + " VALUES ('%s', '%s', '%s', 'same_as', '%s')")
            .formatted(link[0], source, link[3], document));

    update(1000);

    assertUpToDate("without the entity");
  }

  @Test
  void keepsTheSameAsRelationshipsOfOthers() throws Exception {
    tables = unlinked.withSameAs();
    write(1000, document("a", "gout"), document("b", "gout", "asthma"));
    update(1000);
    String theirs = "6b1f0d3e-2c4a-4f0e-9b1d-0a2b3c4d5e6f";
    target.execute(
        ("INSERT INTO RAG.EntityRelationships (relationship_id, source_entity_id,"
                + " target_entity_id, relationship_type) VALUES ('%s', '%s', '%s', 'same_as')")
            .formatted(
                theirs,
                GraphIds.entity("a", "DISEASE", "gout"),
                GraphIds.entity("b", "DISEASE", "asthma")));

    write(1000, document("b", "gout"));
    update(1000);
    rebuild();

    assertThat(target.rows("SELECT relationship_id FROM RAG.EntityRelationships"), hasItem(theirs));
    assertThat("no edge is derived from it", edges(), is(empty()));
    assertThat("it holds its entity", dangling(), is(empty()));
  }

  @Test
  void leavesOutTheRelationshipsOfOthers() throws Exception {
    write(1000, document("a", "gout", "asthma"), document("b", "lupus"));
    target.execute(
        ("INSERT INTO RAG.EntityRelationships (relationship_id, source_entity_id,"
                + " target_entity_id, relationship_type) VALUES ('%s', '%s', '%s', 'treats')")
            .formatted(
                "6b1f0d3e-2c4a-4f0e-9b1d-0a2b3c4d5e6f",
                GraphIds.entity("a", "DISEASE", "gout"),
                GraphIds.entity("b", "DISEASE", "lupus")));
    update(1000);
    int edges = edges().size();

    assertThat(rebuild().isEmpty(), is(true));
    assertThat(edges(), hasSize(edges));
    assertThat(target.count("RAG.GraphEdges WHERE edge_type = 'treats'"), is(0L));
  }

  @Test
  void followsDeletionsThatWereNotRecorded() throws Exception {
    write(1000, document("a", "gout"), document("b", "gout", "asthma"));
    update(1000);
    target.execute(
        "DELETE FROM RAG.EntityRelationships",
        "DELETE FROM RAG.Entities WHERE source_doc_id = 'b'",
        "DELETE FROM RAG.SourceDocuments WHERE doc_id = 'b'");
    try (Connection connection = Database.connect(target.settings())) {
      new GraphChangeLog(linked).noteUnrecorded(connection);
      new GraphChangeLog(linked).noteUnrecorded(connection);
    }

    update(1000);

    assertThat(target.rows("SELECT node_key FROM RAG.GraphNodes"), contains("DISEASE:gout"));
    assertThat(target.rows("SELECT document_id FROM RAG.EntityNodes"), contains("a"));
  }

  @Test
  void changesDuringARebuildWaitForTheNextOne() throws Exception {
    write(1000, document("a", "gout"), document("b", "gout", "asthma"));
    update(1000);
    UnlinkedChanges changes = new UnlinkedChanges(linked);
    try (Connection connection = Database.connect(target.settings())) {
      changes.record(connection, List.of(), List.of("a"));
      LinkedGraph.Rebuild rebuild = graph(1000).begin(connection);

      changes.record(connection, List.of(), List.of("b"));
      graph(1000).end(connection, rebuild);

      assertThat(graph(1000).needsRebuild(connection), is(true));
      rebuild();
      changes.record(connection, List.of("c"), List.of("not linked"));
      assertThat("others do not concern it", graph(1000).needsRebuild(connection), is(false));
    }
  }

  @Test
  void removesTheLinksOfEarlierSettings() throws Exception {
    tables = unlinked.withSameAs();
    write(1000, document("a", "gout"), document("b", "gout"), document("c", "gout"));
    update(1000);
    assertThat(links(), hasSize(3));

    tables = unlinked;
    write(1000, document("b", "gout", "lupus"));
    update(1000);

    assertUpToDate("without links");
    assertThat("and none is left", rebuild().isEmpty(), is(true));
  }

  @Test
  void linksDoNotHideThatRelationshipsOfDocumentsAreMissing() throws Exception {
    tables = unlinked.withSameAs();
    write(1000, document("a", "gout", "lupus"), document("b", "gout", "lupus"));
    update(1000);
    assertThat(shortfalls(), is(empty()));

    target.execute(
        "DELETE FROM RAG.EntityRelationships WHERE relationship_type = 'co_occurs_with'"
            + " AND source_document = 'a'");

    assertThat(
        shortfalls(),
        contains(
            target.schema("RAG")
                + ".EntityRelationships has 1 rows, but the ledger counts 2 stored rows"));
  }

  private List<String> shortfalls() throws Exception {
    try (Connection connection = Database.connect(target.settings())) {
      return new TargetTables(target.settings().dialect(), tables, target.in("RAG.DocumentLedger"))
          .shortfalls(connection, "pipeline");
    }
  }

  @Test
  void aRebuildCorrectsLinks() throws Exception {
    tables = unlinked.withSameAs();
    write(1000, document("a", "gout"), document("b", "gout"), document("c", "gout"));
    update(1000);
    String first = links().get(0).split("\\|", -1)[0];
    String second = links().get(1).split("\\|", -1)[0];
    String gone = GraphIds.entity("z", "DISEASE", "gout");
    String here = GraphIds.entity("a", "DISEASE", "gout");
    target.execute(
        "UPDATE RAG.EntityRelationships SET weight = 7 WHERE relationship_id = '" + first + "'",
        "DELETE FROM RAG.EntityRelationships WHERE relationship_id = '" + second + "'",
        ("INSERT INTO RAG.EntityRelationships (relationship_id, source_entity_id,"
                + " target_entity_id, relationship_type) VALUES ('%s', '%s', '%s', 'same_as')")
            .formatted(GraphIds.relationship("z", gone, here, "same_as"), gone, here));

    assertThat(rebuild(), is(new CorrectedRows(0, 0, 0, 0, 2, 1)));

    assertUpToDate("rebuilt");
  }

  @Test
  void aRebuildCorrectsWhatIsWrongAndSaysHowMuch() throws Exception {
    write(1000, document("a", "gout", "asthma"), document("b", "gout", "lupus"));
    update(1000);
    target.execute(
        "UPDATE RAG.GraphNodes SET documents = 7 WHERE node_key = 'DISEASE:gout'",
        "DELETE FROM RAG.GraphEdges WHERE source_node = 'DISEASE:asthma'",
        "INSERT INTO RAG.GraphNodes (node_key, node_name) VALUES ('DISEASE:none', 'none')");

    assertThat(rebuild(), is(new CorrectedRows(1, 1, 1, 0, 0, 0)));

    assertUpToDate("rebuilt");
  }

  @Test
  void aChangeThatIsProcessedTwiceDoesNoHarm() throws Exception {
    write(1000, document("a", "gout", "asthma"));
    List<String> change = target.rows("SELECT change_key, document_id FROM RAG.GraphChanges");
    update(1000);
    String[] key = change.get(0).split("\\|", -1);
    target.execute(
        "INSERT INTO RAG.GraphChanges (change_key, document_id) VALUES ('%s', '%s')"
            .formatted(key[0], key[1]));

    assertThat(update(1000).isEmpty(), is(true));
    assertUpToDate("twice");
  }
}
