package org.irisgraph.llmcache;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.irisgraph.extract.llm.CompletionCache.KeptAnswer;
import org.irisgraph.extract.llm.CompletionCache.PaidCall;
import org.irisgraph.extract.llm.DroppedItemCounts;
import org.irisgraph.extract.llm.TokenUsage;
import org.irisgraph.iris.TestTarget;
import org.irisgraph.iris.wire.IrisWireServer;
import org.irisgraph.jdbc.Database;
import org.irisgraph.jdbc.RequiredTables;
import org.joda.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** On H2, on PostgreSQL, and through the real IRIS driver on a stand-in for its server. */
class DatabaseCompletionCacheIT {

  private static final CompletionCacheTables TABLES = new CompletionCacheTables("RAG");
  private static final Duration RETRY = Duration.standardSeconds(10);

  static Stream<Callable<TestTarget>> targets() {
    return Stream.of(
        TestTarget::h2, TestTarget::postgres, () -> TestTarget.iris(IrisWireServer.start()));
  }

  @ParameterizedTest
  @MethodSource("targets")
  void keepsTheFirstAnswerAndCountsEachCall(Callable<TestTarget> start) throws Exception {
    try (TestTarget target = start.call();
        Connection launcher = Database.connect(target.settings());
        Database database = Database.acquire(target.settings())) {
      new RequiredTables(database.dialect(), TABLES.definitions()).create(launcher);
      DatabaseCompletionCache first = new DatabaseCompletionCache(TABLES, database, "run-1", RETRY);
      DatabaseCompletionCache second =
          new DatabaseCompletionCache(TABLES, database, "run-2", RETRY);
      String long1 = "\"" + "x".repeat(100_000) + "\"";

      Map<String, String> kept = first.keep(call(10, 3, Map.of("a", "1", "b", long1)));
      Map<String, String> again = second.keep(call(20, 4, Map.of("b", "other", "c", "3")));

      assertThat(kept, is(Map.of("a", "1", "b", long1)));
      assertThat(again, is(Map.of("b", long1, "c", "3")));
      assertThat(
          second.find(List.of("a", "b", "c", "d")), is(Map.of("a", "1", "b", long1, "c", "3")));
      assertThat(
          ModelUsage.of(launcher, TABLES, "run-1"), is(new ModelUsage(1, 10, 3, 2, 2, 4, 6)));
      assertThat(
          ModelUsage.of(launcher, TABLES, "run-2"), is(new ModelUsage(1, 20, 4, 1, 1, 2, 3)));
      assertThat(ModelUsage.of(launcher, TABLES, "none"), is(new ModelUsage(0, 0, 0, 0, 0, 0, 0)));
    }
  }

  @ParameterizedTest
  @MethodSource("targets")
  void givesAllWhoAnswerAtOnceTheSame(Callable<TestTarget> start) throws Exception {
    try (TestTarget target = start.call();
        Connection launcher = Database.connect(target.settings());
        Database database = Database.acquire(target.settings())) {
      new RequiredTables(database.dialect(), TABLES.definitions()).create(launcher);
      ExecutorService threads = Executors.newFixedThreadPool(4);
      List<Future<Map<String, String>>> results = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        Map<String, String> answers = new TreeMap<>();
        for (int key = 0; key < 20; key++) {
          answers.put("key-" + key, "\"of thread " + i + "\"");
        }
        results.add(
            threads.submit(
                () ->
                    new DatabaseCompletionCache(TABLES, database, "run", RETRY)
                        .keep(call(1, 1, answers))));
      }

      Map<String, String> first = results.get(0).get();
      for (Future<Map<String, String>> result : results) {
        assertThat(result.get(), is(first));
      }
      assertThat(ModelUsage.of(launcher, TABLES, "run").calls(), is(4L));
      threads.shutdown();
    }
  }

  private static PaidCall call(long read, long written, Map<String, String> answers) {
    Map<String, KeptAnswer> kept = new TreeMap<>();
    answers.forEach(
        (key, json) -> kept.put(key, new KeptAnswer(json, new DroppedItemCounts(1, 2, 3))));
    return new PaidCall("model", answers.size(), new TokenUsage(read, written, false), 5, kept);
  }
}
