package org.irisgraph.export;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.io.BufferedReader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.irisgraph.iris.SharedTarget;
import org.irisgraph.iris.TestTarget;
import org.irisgraph.jdbc.ConnectionSettings;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("slow")
class GraphExportPostgresIT extends GraphExportContract {

  @RegisterExtension static final SharedTarget SERVER = new SharedTarget(TestTarget::postgres);

  @Override
  protected TestTarget open() {
    return SERVER.get();
  }

  /** The driver fails if it would hold more of a result than its limit. */
  @Test
  void rowsAreNotHeldInMemory() throws Exception {
    SERVER
        .get()
        .execute(
            "INSERT INTO RAG.GraphNodes SELECT 'K' || x, repeat('n', 200), 'T', NULL, 1, 1"
                + " FROM generate_series(1, 100000) x",
            "INSERT INTO RAG.GraphEdges SELECT x || '', 'K' || x, 'K1', 'causes', 1, 1, 1"
                + " FROM generate_series(1, 20000) x",
            "INSERT INTO RAG.EntityNodes SELECT x || '', 'K' || x, 'd' || x, NULL, 1"
                + " FROM generate_series(1, 20000) x");
    ConnectionSettings bounded =
        new ConnectionSettings(
            SERVER.get().settings().jdbcUrl(),
            SERVER.get().settings().user(),
            SERVER.get().settings().password(),
            Map.of("maxResultBuffer", "500K"),
            1);

    ExportSummary summary = export(ExportFormat.JSONL, true, bounded);

    assertThat(summary.nodes(), is(100_000L));
    assertThat(summary.edges(), is(20_000L));
    assertThat(summary.mentions(), is(20_000L));
  }

  /** The export waits in the middle of the nodes until the pipe is read on. */
  @Test
  @Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void whatIsStoredDuringAnExportIsNotInIt() throws Exception {
    SERVER
        .get()
        .execute(
            "INSERT INTO RAG.GraphNodes SELECT 'K' || x, repeat('n', 200), 'T', NULL, 1, 1"
                + " FROM generate_series(1, 5000) x");
    Files.createDirectories(directory());
    Path pipe = directory().resolve("nodes.jsonl");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor(), is(0));
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      Future<ExportSummary> export = thread.submit(() -> export(ExportFormat.JSONL, true));
      try (BufferedReader nodes = Files.newBufferedReader(pipe)) {
        nodes.readLine();
        edge("K1", "K2", "causes");
        nodes.transferTo(Writer.nullWriter());
      }

      assertThat(export.get().nodes(), is(5000L));
      assertThat(export.get().edges(), is(0L));
    } finally {
      thread.shutdownNow();
    }
    assertThat(SERVER.get().count("RAG.GraphEdges"), is(1L));
  }
}
