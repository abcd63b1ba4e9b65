package org.irisgraph.run;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.irisgraph.cli.CommandRun;
import org.irisgraph.extract.llm.ModelServer;
import org.irisgraph.iris.TestTarget;
import org.irisgraph.jdbc.Database;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Ends runs in the middle: each answer of the language model is paid once. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
@Tag("slow")
class LanguageModelKillIT {

  private static final String KEY = "sk-0123456789abcdef0123456789abcdef";
  private static final int DOCUMENTS = 60;
  private static final int ANSWERED_CALLS = 6;

  @TempDir private Path directory;
  private final ModelServer server = new ModelServer();
  private final Set<String> answered = ConcurrentHashMap.newKeySet();
  private final AtomicInteger answers = new AtomicInteger();
  private TestTarget target;

  @BeforeEach
  void prepare() throws Exception {
    target = TestTarget.postgres();
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < DOCUMENTS; i++) {
      lines.append("{\"id\":\"doc-%d\",\"text\":\"%s\"}\n".formatted(i, text(i)));
    }
    Files.createDirectories(corpus());
    Files.writeString(corpus().resolve("lines.jsonl"), lines);
    Files.writeString(corpus().resolve("note.txt"), "Infliximab against nausea.");
    Files.writeString(corpus().resolve("page.md"), "Ibuprofen against headache.");
    Files.writeString(corpus().resolve("dictionary.tsv"), "gout\tDISEASE\n");
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
    target.close();
  }

  private Path corpus() {
    return directory.resolve("corpus");
  }

  private static String text(int i) {
    return "Patient %d took aspirin against fever. %s"
        .formatted(i, "It went well. ".repeat(i % 9))
        .strip();
  }

  @Test
  void aKilledRunPaysForNothingTwice() throws Exception {
    Process run = startAndAwaitAnswers();
    run.destroyForcibly().waitFor();
    Set<String> paid = Set.copyOf(answered);
    server.usually(ModelServer.Asked::good);

    assertThat(output(), not(containsString(KEY)));
    CommandRun again = here();

    assertThat(again.toString(), again.exitCode(), is(0));
    for (int i = 0; i < DOCUMENTS; i++) {
      if (paid.contains(text(i))) {
        assertThat(text(i), server.timesAsked(text(i)), is(1L));
      }
    }
    Map<String, List<String>> resumed = contents();
    target.execute("DROP SCHEMA RAG CASCADE");
    CommandRun undisturbed = here();
    assertThat(undisturbed.toString(), undisturbed.exitCode(), is(0));
    assertThat(resumed, is(contents()));
  }

  @Test
  void aRunThatIsAskedToStopDoesNotWaitForAnswers() throws Exception {
    Process run = startAndAwaitAnswers();
    run.destroy();

    assertThat(output(), run.waitFor(120, TimeUnit.SECONDS), is(true));
    assertThat(output(), run.exitValue(), is(143));
    assertThat(output(), containsString("stopped after"));
    assertThat(count("SELECT COUNT(*) FROM RAG.LlmResponses"), is(answered.size()));
  }

  /** A run of which some calls are answered and kept, and the next ones hang. */
  private Process startAndAwaitAnswers() throws Exception {
    server.usually(
        asked -> {
          if (answers.incrementAndGet() > ANSWERED_CALLS) {
            return asked.good().withFixedDelay(600_000);
          }
          answered.addAll(asked.texts().values());
          return asked.good();
        });
    Process run = start();
    await()
        .atMost(2, TimeUnit.MINUTES)
        .pollInterval(20, TimeUnit.MILLISECONDS)
        .until(
            () -> !run.isAlive() || (answers.get() > ANSWERED_CALLS && kept() >= answered.size()));
    assertThat(output(), run.isAlive(), is(true));
    assertThat(answered.size(), greaterThan(ANSWERED_CALLS));
    return run;
  }

  private int kept() throws Exception {
    return count("SELECT COUNT(*) FROM information_schema.tables WHERE table_name = 'llmresponses'")
            == 0
        ? 0
        : count("SELECT COUNT(*) FROM RAG.LlmResponses");
  }

  private int count(String query) throws Exception {
    return Integer.parseInt(target.rows(query).get(0));
  }

  private Process start() throws Exception {
    ProcessBuilder builder =
        IndexerProcess.of(corpus(), target.settings(), arguments("env:LLM_KEY"))
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("output.txt").toFile());
    builder.environment().put("LLM_KEY", KEY);
    return builder.start();
  }

  /** Runs in this JVM, which costs a fraction of a process. */
  private CommandRun here() throws Exception {
    Path key = Files.writeString(directory.resolve("key"), KEY);
    return IndexerProcess.here(corpus(), target.settings(), arguments("file:" + key));
  }

  private String[] arguments(String key) {
    List<String> more = new ArrayList<>();
    more.add("--extractors=llm");
    more.add("--llmUrl=" + server.url());
    more.add("--llmModel=test-model");
    more.add("--llmApiKeyFrom=" + key);
    more.add("--llmTokensPerCall=1200");
    more.add("--llmConcurrency=2");
    return more.toArray(String[]::new);
  }

  private String output() throws Exception {
    Path file = directory.resolve("output.txt");
    return Files.exists(file) ? Files.readString(file) : "";
  }

  private Map<String, List<String>> contents() throws Exception {
    try (IndexingRun run =
        new IndexingRun(corpus(), options -> {}, Database.connect(target.settings()))) {
      return run.contents();
    }
  }
}
