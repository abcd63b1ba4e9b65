package org.irisgraph.run;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.options.LinkEntities;
import org.irisgraph.report.FailedRunException;
import org.irisgraph.report.Progress;
import org.irisgraph.report.Summary;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that link the entities of their documents to one graph. */
class LinkedRunTest {

  private static final String NODES =
      "SELECT node_key, documents FROM RAG.GraphNodes ORDER BY node_key";
  private static final String EDGES =
      "SELECT source_node, target_node, documents FROM RAG.GraphEdges"
          + " ORDER BY source_node, target_node";

  private static final String RELATIONSHIPS =
      "SELECT relationship_id FROM RAG.EntityRelationships ORDER BY relationship_id";
  private static final String LINKS =
      "SELECT COUNT(*) FROM RAG.EntityRelationships WHERE relationship_type = 'same_as'";

  @TempDir private Path corpus;
  private IndexingRun indexing;

  @BeforeEach
  void writeCorpus() throws Exception {
    Files.writeString(
        corpus.resolve("dictionary.tsv"),
        "term\ttype\tid\ngout\tDISEASE\tC1\nasthma\tDISEASE\tC2\nlupus\tDISEASE\tC3\n");
    Files.writeString(corpus.resolve("a.txt"), "Gout and asthma.");
    Files.writeString(corpus.resolve("b.txt"), "Asthma and gout. Gout and lupus.");
    indexing = new IndexingRun(corpus);
  }

  @AfterEach
  void close() throws Exception {
    indexing.close();
  }

  private Summary run(LinkEntities link, Consumer<IndexingOptions> settings) throws Exception {
    return job(link, settings).run();
  }

  private IndexingJob job(LinkEntities link, Consumer<IndexingOptions> settings) {
    return indexing.job(
        options -> {
          options.setInput(List.of(corpus + "/*.txt"));
          options.setLinkEntities(link);
          settings.accept(options);
        });
  }

  @Test
  void followsEditsAndDeletions() throws Exception {
    run(LinkEntities.NODES, options -> {});

    assertThat(indexing.rows(NODES), contains("C1|2", "C2|2", "C3|1"));
    assertThat(indexing.rows(EDGES), contains("C1|C2|2", "C1|C3|1"));

    Files.writeString(corpus.resolve("a.txt"), "Lupus.");
    Files.delete(corpus.resolve("b.txt"));
    run(
        LinkEntities.NODES,
        options -> {
          options.setDeleteMissing(true);
          options.setForce(true);
        });

    assertThat(indexing.rows(NODES), contains("C3|1"));
    assertThat(indexing.rows(EDGES), is(List.of()));
  }

  @Test
  void followsADocumentThatIsRejected() throws Exception {
    run(LinkEntities.NODES, options -> {});
    indexing.execute("ALTER TABLE RAG.SourceDocuments ALTER COLUMN text_content VARCHAR(40)");
    Files.writeString(corpus.resolve("b.txt"), "Lupus, in a text that the table cannot hold.");

    assertThat(run(LinkEntities.NODES, options -> {}).documents().rejected(), is(1L));

    assertThat(indexing.rows("SELECT DISTINCT source_doc_id FROM RAG.Entities"), contains("a.txt"));
    assertThat(indexing.rows(NODES), contains("C1|1", "C2|1"));
    assertThat(indexing.rows(EDGES), contains("C1|C2|1"));
  }

  @Tag("slow")
  @Test
  void followsDeletionsOfARunThatLinksNothing() throws Exception {
    run(LinkEntities.SAME_AS, options -> {});
    Files.delete(corpus.resolve("b.txt"));
    run(
        LinkEntities.NONE,
        options -> {
          options.setDeleteMissing(true);
          options.setForce(true);
        });

    run(LinkEntities.SAME_AS, options -> {});

    assertThat(indexing.rows(NODES), contains("C1|1", "C2|1"));
    assertThat(indexing.rows(EDGES), contains("C1|C2|1"));
    assertThat(indexing.rows("SELECT COUNT(*) FROM RAG.EntityNodes"), is(List.of("2")));
  }

  @Tag("slow")
  @Test
  void followsEditsOfARunThatLinksNothing() throws Exception {
    run(LinkEntities.SAME_AS, options -> {});
    Files.writeString(corpus.resolve("b.txt"), "Asthma alone.");
    run(LinkEntities.NONE, options -> {});

    run(LinkEntities.SAME_AS, options -> options.setInput(List.of(corpus + "/a.txt")));

    assertThat(indexing.rows(NODES), contains("C1|1", "C2|2"));
    assertThat(indexing.rows(EDGES), contains("C1|C2|1"));
  }

  @Tag("slow")
  @Test
  void linksTheNewEntitiesOfSuchEditsWhenItReadsThem() throws Exception {
    run(LinkEntities.SAME_AS, options -> {});
    Files.writeString(corpus.resolve("a.txt"), "Gout and lupus.");
    run(LinkEntities.NONE, options -> {});

    run(LinkEntities.SAME_AS, options -> options.setInput(List.of(corpus + "/b.txt")));
    assertThat(indexing.rows(NODES), contains("C1|2", "C2|1", "C3|1"));

    run(LinkEntities.SAME_AS, options -> {});
    assertThat(indexing.rows(NODES), contains("C1|2", "C2|1", "C3|2"));
    assertThat(indexing.rows(EDGES), contains("C1|C2|1", "C1|C3|2"));
  }

  @Tag("slow")
  @Test
  void isTheSameOnFlinkWithSmallBatches() throws Exception {
    run(
        LinkEntities.NODES,
        options -> {
          IndexingRun.flink(options);
          options.setBatchRows(2);
        });

    assertThat(indexing.rows(NODES), contains("C1|2", "C2|2", "C3|1"));
    assertThat(indexing.rows(EDGES), contains("C1|C2|2", "C1|C3|1"));
  }

  @Tag("slow")
  @Test
  void linksEntitiesInTheTablesOfRetrievalAndTakesThemBackWithTheSetting() throws Exception {
    run(LinkEntities.NONE, options -> {});
    List<String> own = indexing.rows(RELATIONSHIPS);
    assertThat(indexing.rows(LINKS), is(List.of("0")));

    Summary linked = run(LinkEntities.SAME_AS, options -> {});

    assertThat(indexing.rows(LINKS), is(List.of("2")));
    assertThat(indexing.rows(EDGES), contains("C1|C2|2", "C1|C3|1"));
    assertThat(
        "counts the documents' own",
        linked.rows().get("RAG.EntityRelationships").committed(),
        is((long) own.size()));
    assertThat(run(LinkEntities.SAME_AS, options -> {}).documents().unchanged(), is(2L));

    run(LinkEntities.NODES, options -> {});
    assertThat(indexing.rows(RELATIONSHIPS), is(own));

    run(LinkEntities.SAME_AS, options -> {});
    assertThat(indexing.rows(LINKS), is(List.of("2")));
    Files.writeString(corpus.resolve("b.txt"), "Lupus.");
    run(LinkEntities.NONE, options -> {});
    assertThat(indexing.rows(LINKS), is(List.of("0")));
    assertThat(
        "no link has held an entity",
        indexing.rows("SELECT COUNT(*) FROM RAG.Entities"),
        is(List.of("3")));
  }

  @Tag("slow")
  @Test
  void linksFollowDeletions() throws Exception {
    run(LinkEntities.SAME_AS, options -> {});
    Files.delete(corpus.resolve("a.txt"));

    Summary summary =
        run(
            LinkEntities.SAME_AS,
            options -> {
              options.setDeleteMissing(true);
              options.setForce(true);
            });

    assertThat(summary.documents().deleted(), is(1L));
    assertThat(indexing.rows(LINKS), is(List.of("0")));
    assertThat(indexing.rows("SELECT COUNT(*) FROM RAG.Entities"), is(List.of("3")));
  }

  @Tag("slow")
  @Test
  void stopsWhileItLinksAndTheNextRunGoesOn() throws Exception {
    run(LinkEntities.NODES, options -> {});
    Files.writeString(corpus.resolve("a.txt"), "Lupus.");
    IndexingJob job = job(LinkEntities.NODES, options -> {});
    // Linking begins with this row, and waits for it.
    indexing.execute("SET AUTOCOMMIT FALSE");
    indexing.execute("UPDATE RAG.GraphChanges SET document_id = '' WHERE change_key = 'turn'");
    CompletableFuture<Void> stopping =
        CompletableFuture.runAsync(
            () -> {
              Awaitility.await().until(() -> job.current().phase() == Progress.Phase.LINKING);
              job.stop();
            });
    CompletableFuture<Void> released =
        stopping.thenRunAsync(
            () -> assertDoesNotThrow(() -> indexing.execute("SET AUTOCOMMIT TRUE")));

    FailedRunException stopped = assertThrows(FailedRunException.class, job::run);

    released.get();
    assertThat(stopped.summary().status(), is(Summary.Status.STOPPED));
    assertThat(indexing.rows(NODES), contains("C1|2", "C2|2", "C3|1"));

    run(LinkEntities.NODES, options -> {});
    assertThat(indexing.rows(NODES), contains("C1|1", "C2|1", "C3|2"));
  }

  @Tag("slow")
  @Test
  void linksWhatWasStoredBeforeWithoutLinks() throws Exception {
    run(LinkEntities.NONE, options -> {});

    Summary summary = run(LinkEntities.NODES, options -> {});

    assertThat(summary.documents().indexed(), is(2L));
    assertThat(indexing.rows(NODES), contains("C1|2", "C2|2", "C3|1"));
    assertThat(run(LinkEntities.NODES, options -> {}).documents().unchanged(), is(2L));
  }
}
