package org.irisgraph.pipeline;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.sameInstance;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TupleTag;
import org.irisgraph.graph.Document;
import org.irisgraph.graph.Origin;
import org.irisgraph.graphrag.GraphTables;
import org.irisgraph.graphrag.TargetTables;
import org.irisgraph.iris.spec.CommitGuard;
import org.irisgraph.jdbc.ConnectionSettings;
import org.irisgraph.jdbc.Database;
import org.irisgraph.jdbc.PasswordReference;
import org.irisgraph.jdbc.StoreException;
import org.irisgraph.ledger.LedgerSettings;
import org.irisgraph.ledger.UnchangedDocuments;
import org.irisgraph.source.HashedDocument;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class SkipUnchangedFnTest {

  private static final String LONG = "x".repeat(1_500_000);

  @Test
  void looksBeforeWhatWaitsTakesTooMuchMemory() throws Exception {
    assertThat(waiting(document("small", Map.of())), is(3));
    assertThat(waiting(document(LONG, Map.of())), is(0));
    assertThat(waiting(document("small", Map.of("abstract", LONG))), is(0));
    assertThat(waiting(document("small", Map.of("authors", List.of(Map.of("name", LONG))))), is(0));
  }

  @Test
  void countsIdAndSource() {
    HashedDocument document =
        HashedDocument.of(
            new Document("i".repeat(255), new Origin("s".repeat(4000), 0, 0), "text", Map.of()));

    assertThat(document.characters(), is(greaterThan(4255L)));
  }

  @Tag("slow")
  @Test
  void waitsOnceForADatabaseThatIsAway() throws Exception {
    ConnectionSettings away =
        new ConnectionSettings(
            "jdbc:postgresql://127.0.0.1:9/none", null, PasswordReference.of(null), Map.of(), 1);
    SkipUnchangedFn skip =
        new SkipUnchangedFn(
            away,
            new UnchangedDocuments(
                new LedgerSettings("RAG.DocumentLedger", "p", "run", "fingerprint"),
                GraphTables.of("RAG")),
            CommitGuard.NONE,
            1000,
            Duration.standardSeconds(1));
    skip.setup();
    try {
      skip.startBundle();
      skip.processElement(
          document("text", Map.of()),
          Instant.EPOCH,
          GlobalWindow.INSTANCE,
          new Receiver(new ArrayList<>()),
          new NoOthers());
      DoFn<HashedDocument, HashedDocument>.FinishBundleContext none = null;
      StoreException first =
          assertThrows(StoreException.Outage.class, () -> skip.finishBundle(none));

      assertThat(
          assertThrows(StoreException.class, () -> skip.finishBundle(none)),
          is(sameInstance(first)));
      skip.startBundle();
      skip.finishBundle(none);
    } finally {
      skip.teardown();
    }
  }

  private static HashedDocument document(String text, Map<String, Object> metadata) {
    return HashedDocument.of(new Document("d", new Origin("/d", 0, 0), text, metadata));
  }

  /** How many of three such documents wait for more to be looked up with. */
  private static int waiting(HashedDocument document) throws Exception {
    ConnectionSettings settings =
        new ConnectionSettings(
            "jdbc:h2:mem:" + UUID.randomUUID(), null, PasswordReference.of(null), Map.of(), 1);
    LedgerSettings ledger = new LedgerSettings("RAG.DocumentLedger", "p", "run", "fingerprint");
    GraphTables tables = GraphTables.of("RAG");
    try (Connection connection = Database.connect(settings)) {
      new TargetTables(settings.dialect(), tables, ledger.table()).create(connection);
      SkipUnchangedFn skip =
          new SkipUnchangedFn(
              settings,
              new UnchangedDocuments(ledger, tables),
              CommitGuard.NONE,
              1000,
              Duration.standardSeconds(5));
      List<HashedDocument> outputs = new ArrayList<>();
      skip.setup();
      try {
        skip.startBundle();
        for (int i = 0; i < 3; i++) {
          assertThat(outputs, is(empty()));
          skip.processElement(
              document,
              Instant.EPOCH,
              GlobalWindow.INSTANCE,
              new Receiver(outputs),
              new NoOthers());
        }
      } finally {
        skip.teardown();
      }
      return 3 - outputs.size();
    }
  }

  private record NoOthers() implements DoFn.MultiOutputReceiver {

    @Override
    public <T> DoFn.OutputReceiver<T> get(TupleTag<T> tag) {
      throw new AssertionError("nothing is unchanged");
    }

    @Override
    public <T> DoFn.OutputReceiver<Row> getRowReceiver(TupleTag<T> tag) {
      throw new AssertionError("nothing is unchanged");
    }
  }

  private record Receiver(List<HashedDocument> outputs)
      implements DoFn.OutputReceiver<HashedDocument> {

    @Override
    public void outputWithTimestamp(HashedDocument output, Instant timestamp) {
      outputs.add(output);
    }

    @Override
    public org.apache.beam.sdk.values.OutputBuilder<HashedDocument> builder(HashedDocument value) {
      throw new UnsupportedOperationException();
    }
  }
}
