package org.irisgraph.cli;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.arrayContainingInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ExportCommandTest extends CommandFixture {

  private String target;

  @BeforeEach
  void writeCorpus() throws Exception {
    write("a.txt", "Asthma and gout.");
    write("terms.tsv", "asthma\tDISEASE\ngout\tDISEASE\n");
    target = directory.resolve("graph-files").toString();
  }

  @Test
  void writesWhatARunHasLinked() throws Exception {
    assertThat(execute("index", settings), is(0));

    assertThat(execute("export", settings, "--format=graphml", target), is(0));
    Path file = Path.of(target, "graph.graphml");
    assertThat(
        last.out(),
        is(
            """
            exported 2 nodes and 1 edges, 1 documents and 2 mentions
              %1$s  %2$,d bytes
            open it in Gephi, or in Python: networkx.read_graphml("%1$s")
            """
                .formatted(file, Files.size(file))));

    assertThat(execute("export", settings, "--format=CSV", "--documents=false", target), is(0));
    assertThat(last.out(), startsWith("exported 2 nodes and 1 edges, 0 documents and 0"));
    assertThat(
        Path.of(target).toFile().list(),
        arrayContainingInAnyOrder("graph.graphml", "nodes.csv", "edges.csv"));
  }

  @Test
  void refusesADirectoryWithFilesOfOthersUnlessForced() throws Exception {
    assertThat(execute("index", settings), is(0));

    assertThat(execute("export", settings, "--format=jsonl", directory.toString()), is(2));
    assertThat(last.err(), containsString("such as \"a.txt\""));
    assertThat(
        execute("export", settings, "--format=jsonl", "--force", directory.toString()), is(0));
  }

  @Test
  void namesWhatIsWrongWithTheArguments() throws Exception {
    assertThat(execute("export", settings, "--format=csv"), is(2));
    assertThat(last.err(), containsString("export needs the directory to write to"));
    assertThat(execute("export", settings, "--format=csv", target, "other"), is(2));
    assertThat(last.err(), containsString("export takes one directory"));
    assertThat(
        execute("export", settings, "--format=csv", directory.resolve("a.txt").toString()), is(2));
    assertThat(last.err(), containsString("a.txt\" is a file, not a directory"));
    assertThat(execute("export", settings, "--format=xls", target), is(2));
    assertThat(last.err(), containsString("there are graphml, csv and jsonl, but no \"xls\""));
    assertThat(execute("export", settings, target), is(2));
    assertThat(last.err(), containsString("--format"));
    assertThat(execute("export", settings, "--format=csv", "--linkEntities=none", target), is(2));
    assertThat(last.err(), containsString("add --linkEntities=nodes"));
  }

  @Test
  void saysThatNoRunHasLinkedEntities() throws Exception {
    assertThat(execute("index", settings, "--linkEntities=none"), is(0));

    assertThat(execute("export", settings, "--format=csv", target), is(1));

    assertThat(last.err(), containsString("there is no table RAG.EntityNodes"));
    assertThat(Files.exists(Path.of(target)), is(false));
  }
}
