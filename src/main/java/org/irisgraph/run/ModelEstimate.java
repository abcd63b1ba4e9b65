package org.irisgraph.run;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.irisgraph.document.DocumentSink;
import org.irisgraph.document.SourceFile;
import org.irisgraph.document.format.SourceReader;
import org.irisgraph.extract.llm.CostEstimate;
import org.irisgraph.extract.llm.Question;
import org.irisgraph.files.InputFiles;
import org.irisgraph.graph.Document;
import org.irisgraph.graph.Failure;
import org.irisgraph.graph.Origin;
import org.irisgraph.jdbc.Database;
import org.irisgraph.jdbc.LauncherConnection;
import org.irisgraph.jdbc.StoreException;
import org.irisgraph.jdbc.TableShape;
import org.irisgraph.ledger.UnchangedDocuments;
import org.irisgraph.llmcache.CompletionCacheTables;
import org.irisgraph.llmcache.DatabaseCompletionCache;
import org.irisgraph.options.DatabaseUrl;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.options.Reindex;
import org.irisgraph.options.UsageException;
import org.irisgraph.plan.EmbeddingPlan;
import org.irisgraph.plan.Extraction;
import org.irisgraph.plan.FormerName;
import org.irisgraph.plan.ModelPlan;
import org.irisgraph.plan.ReaderSettings;
import org.irisgraph.plan.RunPlan;
import org.irisgraph.source.FindRangesFn;
import org.irisgraph.source.HashedDocument;
import org.irisgraph.table.KeyRange;
import org.irisgraph.table.RangeReader;
import org.irisgraph.table.TableSource;
import org.joda.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Estimates the calls, tokens and cost of a run with models behind endpoints. Reads the input on
 * this machine and the database; sends nothing to the models and writes nothing.
 */
public final class ModelEstimate {

  private static final int GROUP_DOCUMENTS = 500;
  private static final long GROUP_CHARACTERS = 4_000_000;
  private static final String NO_RUN = "estimate";

  private final IndexingOptions options;
  private final RunPlan plan;
  private final CompletionCacheTables answers;

  /** Of the language model, if documents are extracted by one. */
  private final @Nullable CostEstimate estimate;

  /** Of the embedding model, if vectors come from an endpoint. */
  private final @Nullable VectorEstimate vectors;

  private final List<HashedDocument> group = new ArrayList<>();
  private long groupCharacters;

  /** The database with a ledger; null if there is none yet, or if it is not to be used. */
  private final @Nullable Connection ledger;

  /** The database with kept answers; null if there is none yet. */
  private final @Nullable Connection keptAnswers;

  private long read;
  private long unreadable;
  private long unchanged;
  private long answered;

  private ModelEstimate(IndexingOptions options, RunPlan plan, @Nullable Connection connection)
      throws SQLException {
    this.options = options;
    this.plan = plan;
    this.answers = new CompletionCacheTables(options.getLedgerSchema());
    this.estimate = plan.extraction().extractors().prompt().map(CostEstimate::new).orElse(null);
    this.vectors = EmbeddingPlan.isAsked(options) ? new VectorEstimate(options) : null;
    this.ledger =
        connection != null
                && options.getReindex() == Reindex.CHANGED
                && TableShape.lookUp(connection, plan.ledger().table()).exists()
                && TableShape.lookUp(connection, plan.tables().documents()).exists()
            ? connection
            : null;
    this.keptAnswers = connection != null && answers.exist(connection) ? connection : null;
  }

  /**
   * Returns the estimate as text of several lines.
   *
   * @throws UsageException if the options are wrong
   * @throws StoreException if there is a database that cannot be read
   */
  public static String of(IndexingOptions options)
      throws IOException, SQLException, StoreException, InterruptedException {
    Extraction extraction = ExtractionLoader.load(options);
    Optional<TableSource> table = InputTable.describe(options);
    try (LauncherConnection launcher = connect(options)) {
      Connection connection = launcher == null ? null : launcher.get();
      if (connection != null) {
        // What is unchanged depends on the pipeline's name and on the models of names.
        FormerName.adopt(connection, options);
        extraction = NameChoice.settle(options, extraction, NO_RUN, connection);
      }
      RunPlan plan = RunPlan.of(options, NO_RUN, extraction).toBuilder().setTable(table).build();
      ModelEstimate estimate = new ModelEstimate(options, plan, connection);
      estimate.readAll();
      return estimate.text();
    }
  }

  /** Connects, unless that would create the file of an embedded database. */
  private static @Nullable LauncherConnection connect(IndexingOptions options)
      throws StoreException, InterruptedException {
    return new DatabaseUrl(options.getJdbcUrl()).missingFile().isPresent()
        ? null
        : LauncherConnection.open(
            RunPlan.connection(options),
            Duration.standardSeconds(options.getRetrySeconds()),
            () -> false);
  }

  private void readAll() throws IOException, SQLException, StoreException, InterruptedException {
    Reading reading = new Reading();
    Optional<TableSource> table = plan.table();
    if (table.isPresent()) {
      readTable(table.get(), reading);
    } else {
      readFiles(reading);
    }
    conclude();
  }

  private void readFiles(Reading reading) throws IOException, SQLException {
    InputFiles input = ReaderSettings.files(options);
    unreadable += input.unreadable().size();
    SourceReader reader = ReaderSettings.uncounted(options);
    reader.open();
    try {
      for (SourceFile file : input.files()) {
        reader.split(file, chunk -> reader.read(chunk, reading), reading);
        reading.check();
      }
    } finally {
      reader.close();
    }
  }

  private void readTable(TableSource table, Reading reading)
      throws SQLException, StoreException, InterruptedException {
    try (Database database = Database.acquire(table.connection())) {
      RangeReader reader =
          new RangeReader(table, database, Duration.standardSeconds(options.getRetrySeconds()));
      for (KeyRange range : FindRangesFn.ranges(reader, table)) {
        reader.read(range, reading, () -> false);
        reading.check();
      }
    }
  }

  /** Collects the documents; an error of the database is kept until the reader returns. */
  private final class Reading implements DocumentSink {

    private @Nullable SQLException failure;

    private void check() throws SQLException {
      if (failure != null) {
        throw failure;
      }
    }

    @Override
    public void document(Document document) {
      if (failure != null) {
        return;
      }
      read++;
      HashedDocument hashed = HashedDocument.of(document);
      group.add(hashed);
      groupCharacters += hashed.characters();
      if (group.size() >= GROUP_DOCUMENTS || groupCharacters >= GROUP_CHARACTERS) {
        try {
          conclude();
        } catch (SQLException e) {
          failure = e;
        }
      }
    }

    @Override
    public void unreadable(Origin origin, @Nullable String documentId, Failure failed) {
      unreadable++;
    }
  }

  private void conclude() throws SQLException {
    UnchangedDocuments documents = new UnchangedDocuments(plan.ledger(), plan.tables());
    if (vectors != null) {
      Set<Integer> same = unchangedOfGroup(documents);
      unchanged += estimate == null ? same.size() : 0;
      for (int i = 0; i < group.size(); i++) {
        if (!same.contains(i)) {
          vectors.add(group.get(i).document().text());
        }
      }
    }
    if (estimate != null) {
      // Those whose vectors are outdated are not extracted again.
      ask(estimate, unchangedOfGroup(documents.withOutdatedVectors()));
    }
    group.clear();
    groupCharacters = 0;
  }

  private void ask(CostEstimate questioned, Set<Integer> same) throws SQLException {
    unchanged += same.size();
    List<List<Question>> questions = new ArrayList<>();
    Set<String> keys = new HashSet<>();
    for (int i = 0; i < group.size(); i++) {
      if (!same.contains(i)) {
        List<Question> ofDocument = questioned.questions(group.get(i).document().text());
        questions.add(ofDocument);
        ofDocument.forEach(question -> keys.add(question.key()));
      }
    }
    Map<String, String> kept =
        keptAnswers == null ? Map.of() : DatabaseCompletionCache.find(keptAnswers, answers, keys);
    for (List<Question> ofDocument : questions) {
      boolean asks = false;
      for (Question question : ofDocument) {
        String answer = kept.get(question.key());
        asks |= (answer == null || !CostEstimate.isAnswer(answer)) && questioned.add(question);
      }
      answered += asks ? 0 : 1;
    }
  }

  private Set<Integer> unchangedOfGroup(UnchangedDocuments documents) throws SQLException {
    return ledger == null
        ? Set.of()
        : documents.find(
            ledger,
            group.stream()
                .map(
                    element ->
                        new UnchangedDocuments.Candidate(
                            element.document().id(),
                            element.document().origin(),
                            element.contentHash()))
                .toList());
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    line(
        text,
        "%s would ask %s; nothing was sent, and nothing was stored",
        options.getPipeline(),
        estimate == null ? options.getEmbeddingModel() : options.getLlmModel());
    text.append('\n');
    line(
        text,
        estimate == null
            ? "documents     %,d: %,d unchanged, %4$,d to embed"
            : "documents     %,d: %,d unchanged, %,d answered before, %,d to ask about",
        read,
        unchanged,
        answered,
        read - unchanged - answered);
    if (unreadable > 0) {
      line(text, "unreadable    %,d", unreadable);
    }
    if (estimate != null) {
      describe(estimate, text);
    }
    if (vectors != null) {
      text.append(vectors);
    }
    return text.toString();
  }

  private void describe(CostEstimate questions, StringBuilder text) {
    line(text, "calls         about %,d", questions.calls());
    line(
        text,
        "tokens        about %,d to read and %,d to write",
        questions.promptTokens(),
        questions.completionTokens());
    Double cost = ModelPlan.cost(options, questions.promptTokens(), questions.completionTokens());
    line(
        text,
        cost == null
            ? "cost          set llmInputPrice and llmOutputPrice, each for a million tokens"
            : "cost          about %,.4f",
        cost);
  }

  private static void line(StringBuilder text, String format, @Nullable Object... arguments) {
    text.append(String.format(Locale.ROOT, format, arguments)).append('\n');
  }
}
