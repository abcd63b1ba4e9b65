package org.irisgraph.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.irisgraph.embed.BareSession;
import org.irisgraph.embed.MiniLm;
import org.irisgraph.embed.SentenceModel;
import org.irisgraph.graph.ContentHash;
import org.irisgraph.graph.DocumentGraph;
import org.irisgraph.graph.Origin;
import org.irisgraph.pipeline.EmbeddingStage;
import org.irisgraph.source.DocumentGraphCoder;

/**
 * The pipeline's embedding stage on each runner beside the bare ONNX session: the same texts, the
 * same number of threads, in turn. Two sizes separate the start of a pipeline from the rate.
 */
public final class EmbeddingBenchmark {

  private static final int THREADS = 2;
  private static final int SMALL = 50;
  private static final int LARGE = 350;

  /** As long as the model reads, or longer. */
  private static final int CHARACTERS = 1_500;

  private static final String SENTENCE =
      "In study %d the patients with type %d diabetes were given metformin for %d weeks, and their"
          + " haemoglobin fell. ";

  private EmbeddingBenchmark() {}

  /** Takes the number of repetitions; prints a table. */
  public static void main(String[] arguments) throws Exception {
    int repetitions = Integer.parseInt(arguments[0]);
    System.out.println("| model | runner | bare session | pipeline's stage | of the limit |");
    System.out.println("|---|---|---|---|---|");
    for (MiniLm model : MiniLm.values()) {
      for (SinkPipelines.Runner runner : SinkPipelines.Runner.values()) {
        compare(model, runner, repetitions);
      }
    }
  }

  private static void compare(MiniLm model, SinkPipelines.Runner runner, int repetitions)
      throws Exception {
    List<String> texts = texts();
    double[] bare = new double[repetitions];
    double[] stage = new double[repetitions];
    double[] ratio = new double[repetitions];
    // Its user all the while, so that no run of the pipeline loads it.
    SentenceModel.acquire(model);
    try (BareSession session = new BareSession(model, texts)) {
      // The first run executes code that is not compiled yet.
      run(model, runner, texts);
      for (int i = 0; i < repetitions; i++) {
        bare[i] = rate(size -> run(session, size));
        stage[i] = rate(size -> run(model, runner, texts.subList(0, size)));
        ratio[i] = stage[i] / bare[i];
      }
    } finally {
      SentenceModel.release(model);
    }
    System.out.printf(
        "| %s | %s | %.1f texts/s | %.1f texts/s | %.0f %% |%n",
        model.file(), runner.label, Median.of(bare), Median.of(stage), 100 * Median.of(ratio));
  }

  private static List<String> texts() {
    List<String> texts = new ArrayList<>();
    for (int text = 0; text < LARGE; text++) {
      StringBuilder sentences = new StringBuilder();
      for (int i = 0; sentences.length() < CHARACTERS; i++) {
        sentences.append(SENTENCE.formatted(text, i, 2 * i + text));
      }
      texts.add(sentences.toString());
    }
    return texts;
  }

  /** Embeds the first texts. */
  @FunctionalInterface
  private interface Run {
    void embed(int texts) throws Exception;
  }

  /** The texts in a second, without what a run costs whatever its size. */
  private static double rate(Run run) throws Exception {
    return (LARGE - SMALL) / (seconds(run, LARGE) - seconds(run, SMALL));
  }

  private static double seconds(Run run, int texts) throws Exception {
    long start = System.nanoTime();
    run.embed(texts);
    return (System.nanoTime() - start) / 1e9;
  }

  private static void run(BareSession session, int texts) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      AtomicInteger next = new AtomicInteger();
      List<Future<?>> running = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        running.add(
            threads.submit(
                () -> {
                  for (int text = next.getAndIncrement();
                      text < texts;
                      text = next.getAndIncrement()) {
                    session.run(text);
                  }
                }));
      }
      for (Future<?> thread : running) {
        thread.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static void run(MiniLm model, SinkPipelines.Runner runner, List<String> texts) {
    Pipeline pipeline = Pipeline.create(runner.options());
    pipeline
        .apply(
            Create.of(texts.stream().map(EmbeddingBenchmark::document).toList())
                .withCoder(new DocumentGraphCoder()))
        .apply(Reshuffle.viaRandomKey())
        .apply("EmbedText", EmbeddingStage.of(model))
        .setCoder(new DocumentGraphCoder());
    pipeline.run().waitUntilFinish();
  }

  private static DocumentGraph document(String text) {
    return DocumentGraph.builder()
        .setDocumentId(text)
        .setOrigin(new Origin("benchmark", 0, 0))
        .setText(text)
        .setContentHash(ContentHash.of(text))
        .setEntities(List.of())
        .setRelationships(List.of())
        .setExtractionMillis(0)
        .build();
  }
}
