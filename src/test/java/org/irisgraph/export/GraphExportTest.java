package org.irisgraph.export;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.arrayContainingInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.irisgraph.iris.TestTarget;
import org.irisgraph.options.UsageException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GraphExportTest extends GraphExportContract {

  @Override
  protected TestTarget open() throws Exception {
    return TestTarget.h2();
  }

  @ParameterizedTest
  @EnumSource
  void anEmptyGraphGivesFilesWithoutRows(ExportFormat format) throws Exception {
    ExportSummary summary = export(format, true);

    assertThat(
        directory().toFile().list(),
        arrayContainingInAnyOrder(
            format.files(directory()).stream()
                .map(file -> file.getFileName().toString())
                .toArray(String[]::new)));
    assertThat(
        String.join("\n", summary.lines(format)), containsString("the linked graph is empty"));
  }

  @Test
  void anEmptyGraphIsGraphMl() throws Exception {
    export(ExportFormat.GRAPHML, true);

    assertThat(GraphMl.read(directory().resolve("graph.graphml")).nodes().size(), is(0));
  }

  @Test
  void documentsCanBeLeftOut() throws Exception {
    node("a", "a", "T", null);
    entity("e", "d", "a", 1);

    ExportSummary summary = export(ExportFormat.JSONL, false);

    assertThat(summary.documents() + summary.mentions(), is(0L));
    assertThat(Files.readAllLines(directory().resolve("nodes.jsonl")).size(), is(1));
    assertThat(Files.readString(directory().resolve("edges.jsonl")), is(""));
  }

  @Test
  @Tag("slow")
  void aLargeGraphIsOrderedByKey() throws Exception {
    target()
        .execute(
            "INSERT INTO RAG.GraphNodes SELECT 'K' || LPAD(100000 - x, 6, '0'), 'name ' || x, 'T',"
                + " NULL, 1, 1 FROM SYSTEM_RANGE(1, 100000)",
            "INSERT INTO RAG.GraphEdges SELECT 'E' || x, 'K' || LPAD(x / 3, 6, '0'), 'K000001',"
                + " 'causes', 1, 1, 1 FROM SYSTEM_RANGE(1, 25000)",
            // Its id comes before all letters and digits.
            "INSERT INTO RAG.EntityNodes SELECT 'e' || x, 'K000001', CHAR(9) || (x / 3), NULL, 1"
                + " FROM SYSTEM_RANGE(1, 25000)");

    ExportSummary summary = export(ExportFormat.CSV, true);

    assertThat(
        List.of(summary.nodes(), summary.edges(), summary.documents(), summary.mentions()),
        is(List.of(100_000L, 25_000L, 8_334L, 8_334L)));
    try (Stream<String> lines = Files.lines(directory().resolve("edges.csv"))) {
      assertThat(
          lines
              .skip(1)
              .limit(25_000)
              .map(line -> line.substring(0, 7))
              .distinct()
              .reduce("", GraphExportTest::ascending),
          is("K008333"));
    }

    try (Stream<String> lines = Files.lines(directory().resolve("nodes.csv"))) {
      assertThat(
          lines
              .skip(1)
              .limit(100_000)
              .map(line -> line.substring(0, 7))
              .reduce("", GraphExportTest::ascending),
          is("K099999"));
    }
  }

  private static String ascending(String one, String next) {
    if (one.compareTo(next) >= 0) {
      throw new AssertionError(next + " follows " + one);
    }
    return next;
  }

  @Test
  void aFullDiskLeavesTheEarlierFiles() throws Exception {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full));
    Files.createDirectories(directory());
    Files.writeString(directory().resolve("nodes.csv"), "of an earlier export");
    Files.createSymbolicLink(directory().resolve("edges.csv"), full);
    node("a", "a", "T", null);

    ExportException failure =
        assertThrows(ExportException.class, () -> export(ExportFormat.CSV, true));

    assertThat(failure.getMessage(), containsString("No space left on device"));
    assertThat(directory().toFile().list(), arrayContainingInAnyOrder("nodes.csv", "edges.csv"));
    assertThat(Files.readString(directory().resolve("nodes.csv")), is("of an earlier export"));
  }

  @Test
  void whatAKilledExportHasLeftIsDeleted() throws Exception {
    Files.createDirectories(directory());
    Files.writeString(directory().resolve(".nodes.csv.123.unfinished"), "half");

    ExportDirectory.check(directory(), false);
    export(ExportFormat.GRAPHML, true);

    assertThat(directory().toFile().list(), arrayContainingInAnyOrder("graph.graphml"));
  }

  @Test
  void filesOfOthersNeedForce() throws Exception {
    Files.createDirectories(directory());
    Files.writeString(directory().resolve("nodes.csv"), "");
    ExportDirectory.check(directory(), false);
    Files.writeString(directory().resolve("thesis.doc"), "");

    UsageException refused =
        assertThrows(UsageException.class, () -> ExportDirectory.check(directory(), false));

    assertThat(refused.getMessage(), containsString("such as \"thesis.doc\""));
    ExportDirectory.check(directory(), true);
  }

  @Test
  void idsThatXmlCannotHoldStayDifferent() throws Exception {
    node("a", "a", "T", null);
    entity("e1", "doc\u0001", "a", 1);
    entity("e2", "doc\u0002", "a", 1);
    entity("e3", "doc\n", "a", 1);

    export(ExportFormat.GRAPHML, true);

    GraphMl graph = GraphMl.read(directory().resolve("graph.graphml"));
    assertThat(
        graph.nodes().stream().map(node -> node.substring(0, node.indexOf("{"))).distinct().count(),
        is(4L));
    assertThat(graph.danglingEnds().size(), is(0));
  }

  @ParameterizedTest
  @EnumSource
  void halfASurrogatePairIsReplacedAndCounted(ExportFormat format) throws Exception {
    node("a", "half \uD83D!", "T", null);

    assertThat(export(format, true).replacedCharacters(), is(1L));

    assertThat(Files.readString(format.files(directory()).get(0)), containsString("half \uFFFD!"));
  }
}
