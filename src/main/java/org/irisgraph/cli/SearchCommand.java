package org.irisgraph.cli;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.irisgraph.ask.DocumentSearch;
import org.irisgraph.ask.GraphNode;
import org.irisgraph.ask.GraphQuestions;
import org.irisgraph.ask.NearestTexts;
import org.irisgraph.embed.EmbeddingModel;
import org.irisgraph.embed.EmbeddingSource;
import org.irisgraph.embed.TextVector;
import org.irisgraph.endpoint.CompletionCache;
import org.irisgraph.endpoint.ModelException;
import org.irisgraph.extract.setup.NameModels;
import org.irisgraph.graph.Document;
import org.irisgraph.graph.Embedding;
import org.irisgraph.graph.Entity;
import org.irisgraph.graph.Origin;
import org.irisgraph.jdbc.LauncherConnection;
import org.irisgraph.jdbc.StoreException;
import org.irisgraph.options.Embeddings;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.options.KnownOptions;
import org.irisgraph.options.UsageException;
import org.irisgraph.plan.EmbeddingPlan;
import org.irisgraph.plan.Extraction;
import org.irisgraph.plan.RunPlan;
import org.irisgraph.run.ExtractionLoader;
import org.irisgraph.run.RunTables;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;

/** Finds the documents for a question, to try an index before something is built on it. */
@Command(
    name = "search",
    description = {
      "Finds documents for a question: by their meaning, if there are vectors; by the entities that"
          + " the question names; and by the neighbours of these in the graph. Each is shown with"
          + " the reasons and a passage.",
      "",
      "Use the settings of the runs, with embeddings as there. The extractors of the runs find the"
          + " entities of the question. The database is only read."
    },
    customSynopsis =
        "iris-graph-indexer search FILE.yaml... [--option=value...] [--json] [--limit=N] QUESTION",
    mixinStandardHelpOptions = true,
    versionProvider = Indexer.Version.class,
    footer = {
      "",
      "Exit code: 0 success, 1 failure or nothing was found, 2 wrong usage or settings."
    })
final class SearchCommand extends QuestionCommand {

  private String question = "";

  SearchCommand(KnownOptions known) {
    super(known);
  }

  /** What is written as JSON. */
  private record Answer(List<GraphNode> entities, List<DocumentSearch.Found> documents) {}

  @Override
  void setQuestion(List<String> words) {
    question = String.join(" ", words);
    if (question.isBlank()) {
      throw new UsageException("search needs a question, after the settings files");
    }
  }

  @Override
  int run(IndexingOptions options) throws Exception {
    try (LauncherConnection launcher = open(options)) {
      GraphQuestions questions = questions(launcher, options);
      List<GraphNode> asked = asked(options, questions);
      List<NearestTexts.Near> near = near(options, launcher);
      Answer answer = new Answer(asked, questions.search(asked, near, limit));
      if (json) {
        out().println(json(answer));
      } else {
        print(answer, options, near);
      }
      out().flush();
      return answer.documents().isEmpty() ? ExitCode.SOFTWARE : ExitCode.OK;
    }
  }

  /** The nodes of the entities that are found in the question, else of its words. */
  private List<GraphNode> asked(IndexingOptions options, GraphQuestions questions)
      throws IOException, ModelException, InterruptedException, SQLException {
    if (Extraction.choosesNames(options)) {
      // A question is too short to choose by; what is not in the graph is not found anyway.
      options.setNames(List.of(NameModels.BOTH));
    }
    Document document = new Document("question", new Origin("question", 0, 0), question, Map.of());
    List<Entity> entities =
        ExtractionLoader.loadFor(options, List.of(document))
            .graphExtractor()
            .extract(document)
            .entities();
    Map<String, GraphNode> asked = new LinkedHashMap<>();
    for (Entity entity : entities) {
      questions.named(entity.name()).forEach(node -> asked.putIfAbsent(node.key(), node));
    }
    return asked.isEmpty() ? questions.namedIn(question) : new ArrayList<>(asked.values());
  }

  /** The texts that are near to the question; none without a model. */
  private List<NearestTexts.Near> near(IndexingOptions options, LauncherConnection launcher)
      throws SQLException, StoreException, ModelException, InterruptedException {
    Optional<EmbeddingSource> source = EmbeddingPlan.source(options);
    if (source.isEmpty()) {
      return List.of();
    }
    int dimension = source.get().dimension();
    TextVector result;
    try (EmbeddingModel model =
        source.get().ofDimension(dimension).open(CompletionCache.NONE, false)) {
      result = requireNonNull(model.embed(List.of(question), () -> false).get(question));
    }
    Embedding vector = result.vector();
    if (vector == null) {
      throw new ModelException.Configuration(
          "the question has no vector: " + requireNonNull(result.failure()).message());
    }
    return new NearestTexts(
            launcher.get(),
            RunPlan.connection(options).dialect(),
            RunPlan.tables(options).documents(),
            RunTables.target(options).ofDimension(dimension).vectors(launcher.get()))
        .to(vector);
  }

  private void print(Answer answer, IndexingOptions options, List<NearestTexts.Near> near) {
    out()
        .println(
            answer.entities().isEmpty()
                ? "entities: none of the graph"
                : "entities: "
                    + answer.entities().stream()
                        .map(
                            node ->
                                "%s (%s), %s"
                                    .formatted(
                                        ShownText.plain(node.name()),
                                        ShownText.plain(node.type()),
                                        ShownText.count(node.documents(), "document")))
                        .collect(Collectors.joining("; ")));
    if (near.isEmpty()) {
      out()
          .println(
              options.getEmbeddings() != Embeddings.NONE
                  ? "meaning: no text has a vector yet, embed computes them"
                  : "meaning: not searched, since embeddings=none");
    }
    int rank = 0;
    for (DocumentSearch.Found found : answer.documents()) {
      rank++;
      out().println();
      out()
          .printf(
              Locale.ROOT,
              "%d. [%s] %s (%.4f)%n",
              rank,
              ShownText.plain(found.document()),
              found.passage() == null ? "" : found.passage().title(),
              found.score());
      found.reasons().forEach(reason -> out().println("   - " + ShownText.plain(reason)));
      if (found.passage() != null) {
        out().println("   " + found.passage().marked(ShownText.MARK, ShownText.MARK));
      }
    }
  }
}
