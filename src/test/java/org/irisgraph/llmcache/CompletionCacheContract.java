package org.irisgraph.llmcache;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.irisgraph.endpoint.CompletionCache.KeptAnswer;
import org.irisgraph.endpoint.CompletionCache.PaidCall;
import org.irisgraph.endpoint.DroppedItemCounts;
import org.irisgraph.endpoint.TokenUsage;
import org.irisgraph.iris.TestTarget;
import org.irisgraph.jdbc.Database;
import org.irisgraph.jdbc.RequiredTables;
import org.joda.time.Duration;
import org.junit.jupiter.api.Test;

/** What a language model has answered is kept once, on any database. */
public abstract class CompletionCacheContract {

  private static final Duration RETRY = Duration.standardSeconds(10);

  /** A database, which the test closes; it may lose what is in its schema RAG. */
  protected abstract TestTarget open() throws Exception;

  private TestTarget emptied() throws Exception {
    TestTarget target = open();
    target.clearSchema("RAG");
    return target;
  }

  @Test
  void keepsTheFirstAnswerAndCountsEachCall() throws Exception {
    try (TestTarget target = emptied();
        Connection launcher = Database.connect(target.settings());
        Database database = Database.acquire(target.settings())) {
      CompletionCacheTables tables = new CompletionCacheTables(target.schema("RAG"));
      new RequiredTables(database.dialect(), tables.definitions()).create(launcher);
      DatabaseCompletionCache first = new DatabaseCompletionCache(tables, database, "run-1", RETRY);
      DatabaseCompletionCache second =
          new DatabaseCompletionCache(tables, database, "run-2", RETRY);
      String long1 = "\"" + "x".repeat(100_000) + "\"";

      Map<String, String> kept = first.keep(call(10, 3, Map.of("a", "1", "b", long1)));
      Map<String, String> again = second.keep(call(20, 4, Map.of("b", "other", "c", "3")));

      assertThat(kept, is(Map.of("a", "1", "b", long1)));
      assertThat(again, is(Map.of("b", long1, "c", "3")));
      assertThat(
          second.find(List.of("a", "b", "c", "d")), is(Map.of("a", "1", "b", long1, "c", "3")));
      assertThat(
          ModelUsage.of(launcher, tables, "model", "run-1"),
          is(new ModelUsage(1, 10, 3, 2, 2, 4, 6)));
      assertThat(
          ModelUsage.of(launcher, tables, "model", "run-2"),
          is(new ModelUsage(1, 20, 4, 1, 1, 2, 3)));
      assertThat(
          ModelUsage.of(launcher, tables, "other", "run-1"),
          is(new ModelUsage(0, 0, 0, 0, 0, 0, 0)));
      assertThat(
          ModelUsage.of(launcher, tables, "model", "none"),
          is(new ModelUsage(0, 0, 0, 0, 0, 0, 0)));
    }
  }

  @Test
  void givesAllWhoAnswerAtOnceTheSame() throws Exception {
    try (TestTarget target = emptied();
        Connection launcher = Database.connect(target.settings());
        Database database = Database.acquire(target.settings())) {
      CompletionCacheTables tables = new CompletionCacheTables(target.schema("RAG"));
      new RequiredTables(database.dialect(), tables.definitions()).create(launcher);
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
                    new DatabaseCompletionCache(tables, database, "run", RETRY)
                        .keep(call(1, 1, answers))));
      }

      Map<String, String> first = results.get(0).get();
      for (Future<Map<String, String>> result : results) {
        assertThat(result.get(), is(first));
      }
      assertThat(ModelUsage.of(launcher, tables, "model", "run").calls(), is(4L));
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
