package org.irisgraph.cli;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.irisgraph.extract.llm.ModelServer;
import org.irisgraph.run.IndexingJob;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The commands of docs/language-model.md, against a server that stands in for a model. */
class LanguageModelCommandTest {

  private static final String PIPELINE = "pipelines/language-model.yaml";

  @TempDir private Path directory;
  private final ModelServer server = new ModelServer();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @AfterEach
  void stopServer() {
    server.close();
  }

  @Tag("slow")
  @Test
  void estimatesAndRunsTheShippedPipeline() {
    assertThat(execute("index", PIPELINE, "--estimateOnly"), is(0));

    assertThat(err.toString(), is(""));
    assertThat(out.toString(), startsWith("language-model would ask llama3.1; nothing was sent"));
    assertThat(out.toString(), containsString("20: 0 unchanged, 0 answered before, 20 to ask"));
    assertThat(server.requests(), is(empty()));
    assertThat(Files.exists(directory.resolve("graph.mv.db")), is(false));

    assertThat(execute("index", PIPELINE), is(0));

    assertThat(out.toString(), containsString("20 read: 20 indexed"));
    assertThat(out.toString(), containsString("\nmodel "));
    assertThat(server.requests(), is(not(empty())));
  }

  @Test
  void estimatesOnlyWhatAllTheInputTakes() {
    assertThat(execute("replay", PIPELINE, "--estimateOnly"), is(2));

    assertThat(err.toString(), containsString("estimateOnly is for index"));
    assertThat(server.requests(), is(empty()));
  }

  @Test
  void measuresAModel() throws Exception {
    Path gold =
        Files.writeString(
            directory.resolve("gold.txt"),
            """
            1|t|Aspirin and gout
            1|a|after nausea.
            1\t0\t7\tAspirin\tChemical
            1\t12\t16\tgout\tDisease
            """);

    assertThat(execute("evaluate", "--extractors=llm", "--llmModel=m", "--gold=" + gold), is(0));

    assertThat(err.toString(), is(""));
    assertThat(
        out.toString(), containsString("DRUG              1.0000    1.0000    1.0000         1"));
    assertThat(server.requests().size(), is(1));
  }

  private int execute(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--llmUrl=" + server.url());
    all.add("--jdbcUrl=jdbc:h2:" + directory.resolve("graph"));
    all.add("--deadLetters=" + directory.resolve("dead-letters"));
    all.add("--summary=" + directory.resolve("summary.json"));
    CommandLine commandLine = Indexer.commandLine(IndexingJob::new);
    commandLine.setOut(new PrintWriter(out, true));
    commandLine.setErr(new PrintWriter(err, true));
    return commandLine.execute(all.toArray(String[]::new));
  }
}
