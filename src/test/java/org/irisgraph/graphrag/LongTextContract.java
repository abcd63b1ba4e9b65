package org.irisgraph.graphrag;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import java.util.ArrayList;
import java.util.List;
import org.irisgraph.graph.DocumentGraph;
import org.irisgraph.iris.TestTarget;
import org.irisgraph.iris.TestWriter;
import org.irisgraph.iris.batch.BatchResult;
import org.irisgraph.iris.spec.LongText;
import org.irisgraph.iris.spec.RejectedRow;
import org.irisgraph.iris.spec.StorageMode;
import org.irisgraph.iris.spec.WriteMode;
import org.irisgraph.ledger.LedgerSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Texts around and above 3,641,144 characters, where a string of IRIS ends. */
public abstract class LongTextContract {

  private static final int[] LENGTHS = {3_600_000, 3_641_144, 3_641_145, 9_000_000};

  static final String STORED =
      "SELECT doc_id, CHAR_LENGTH(text_content) FROM RAG.SourceDocuments ORDER BY doc_id";

  TestTarget target;

  /** An IRIS server, which the test closes; it may lose what is in its schema RAG. */
  protected abstract TestTarget open() throws Exception;

  @BeforeEach
  void createTables() throws Exception {
    target = open();
    target.clearSchema("RAG");
    TestGraphs.createTables(target);
  }

  @AfterEach
  void close() throws Exception {
    target.close();
  }

  private static DocumentGraph document(String id, String text) {
    return TestGraphs.document(id, id + ".txt", "gout").toBuilder()
        .setText(text)
        .setContentHash(id)
        .build();
  }

  /** Short texts, and texts of all lengths among them. */
  static List<DocumentGraph> amongOthers() {
    List<DocumentGraph> documents = new ArrayList<>();
    documents.add(document("a", "short"));
    for (int length : LENGTHS) {
      documents.add(document("long-" + length, "x".repeat(length)));
    }
    documents.add(document("z", "short"));
    return documents;
  }

  static BatchResult<DocumentGraph> write(
      TestTarget to,
      StorageMode storageMode,
      WriteMode writeMode,
      LongText longText,
      List<DocumentGraph> documents)
      throws Exception {
    try (TestWriter<DocumentGraph> writer =
        TestGraphs.writer(
                to,
                new LedgerSettings(to.in("RAG.DocumentLedger"), "pipeline", "run", "fingerprint"))
            .withStorageMode(storageMode)
            .withWriteMode(writeMode)
            .withLongText(longText)) {
      return writer.write(documents);
    }
  }

  @ParameterizedTest
  @CsvSource({"BATCH, UPSERT", "INDIVIDUAL, UPSERT", "BATCH, INSERT"})
  void areStoredAsStreamsInEveryMode(StorageMode storageMode, WriteMode writeMode)
      throws Exception {
    BatchResult<DocumentGraph> result =
        write(target, storageMode, writeMode, LongText.STREAM, amongOthers());

    assertThat(result.rejected(), is(empty()));
    assertThat(
        target.rows(STORED),
        contains(
            "a|5",
            "long-3600000|3600000",
            "long-3641144|3641144",
            "long-3641145|3641145",
            "long-9000000|9000000",
            "z|5"));
  }

  @Test
  void areStoredAloneAndInAnyScript() throws Exception {
    String text = "\u4e2d\u6587".repeat(1_850_000);

    write(
        target, StorageMode.BATCH, WriteMode.UPSERT, LongText.STREAM, List.of(document("d", text)));

    assertThat(
        target.rows("SELECT text_content FROM RAG.SourceDocuments").get(0).equals(text), is(true));
  }

  @Test
  void areRejectedBeforeTheDatabaseIfTheyAreNotToBeStreams() throws Exception {
    BatchResult<DocumentGraph> result =
        write(target, StorageMode.BATCH, WriteMode.UPSERT, LongText.STRING, amongOthers());

    assertThat(
        result.rejected().stream().map(RejectedRow::code).toList(),
        contains("TOO_LONG", "TOO_LONG"));
    assertThat(result.rejected().get(0).message(), containsString("3641145 characters"));
    assertThat(
        target.rows(STORED),
        contains("a|5", "long-3600000|3600000", "long-3641144|3641144", "z|5"));
    assertThat(result.metrics().isolations(), is(0));
  }
}
