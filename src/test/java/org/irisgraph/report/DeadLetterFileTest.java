package org.irisgraph.report;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import org.irisgraph.base.FullDisk;
import org.irisgraph.graph.DocumentGraph;
import org.irisgraph.graphrag.TestGraphs;
import org.irisgraph.iris.TestTarget;
import org.irisgraph.jdbc.Database;
import org.irisgraph.ledger.LedgerReader;
import org.irisgraph.ledger.LedgerSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeadLetterFileTest {

  @TempDir private Path directory;

  @Test
  void namesTheFileIfTheDiskIsFull() throws Exception {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full), "a device of Linux");
    LedgerSettings run = TestGraphs.run("p", "r1");
    Path file = Files.createSymbolicLink(directory.resolve("r1.jsonl"), full);
    try (TestTarget target = TestTarget.h2()) {
      TestGraphs.createTables(target);
      List<DocumentGraph> many = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        many.add(TestGraphs.unreadable("/" + i));
      }
      TestGraphs.write(target, run, 1000, many);
      try (Connection connection = Database.connect(target.settings())) {

        IOException e =
            assertThrows(
                IOException.class,
                () ->
                    DeadLetterFile.write(
                        directory, "r1", new LedgerReader(run), connection, letter -> true));

        assertThat(FullDisk.isCauseOf(e), is(true));
        assertThat(FullDisk.file(e).orElseThrow(), is(file.toString()));
      }
    }
  }
}
