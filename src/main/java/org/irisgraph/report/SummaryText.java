package org.irisgraph.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import org.irisgraph.base.ErrorText;
import org.irisgraph.ledger.RejectReason;
import org.jspecify.annotations.Nullable;

/**
 * Formats the summary as text.
 *
 * @param summary the figures
 * @param graph lines of examples from the graph, by what they are, as in {@code evidence}
 * @param places where things are now, by what they are, as in {@code database}
 * @param next what to try next, one line each
 */
public record SummaryText(
    Summary summary,
    Map<String, List<String>> graph,
    Map<String, String> places,
    List<String> next) {

  private static final String LABEL = "%-14s";
  private static final String RELATIONSHIPS = ".EntityRelationships";
  private static final int MAX_REASONS = 8;
  private static final int MAX_TEXT = 200;

  /** Several lines, aligned, each ending with a line break. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append(headline()).append("\n\n");
    if (summary.status() == Summary.Status.SUBMITTED) {
      line(text, "run", summary.runId());
    } else {
      line(text, "documents", documents());
      reasons(text);
      leftOut(text);
      rows(text);
      foreignRows(text);
      batches(text);
      languageModel(text);
      embeddingModel(text);
      if (summary.names() != null) {
        line(text, "names", summary.names().toString());
      }
    }
    graph.forEach((what, lines) -> lines(text, what, lines));
    places.forEach((what, where) -> line(text, what, where));
    if (!next.isEmpty()) {
      text.append("\nNext:\n");
      next.forEach(hint -> text.append("  ").append(hint).append('\n'));
    }
    return text.toString();
  }

  private String headline() {
    if (summary.status() == Summary.Status.SUBMITTED) {
      return format("%s submitted to %s", summary.pipeline(), summary.runner());
    }
    String status = summary.status().name().toLowerCase(Locale.ROOT);
    StringJoiner rates = new StringJoiner(", ", " (", ")").setEmptyValue("");
    if (summary.documentsPerSecond() != null) {
      rates.add(format("%,.1f documents/s", summary.documentsPerSecond()));
    }
    if (summary.rowsPerSecond() != null) {
      rates.add(format("%,.1f rows/s", summary.rowsPerSecond()));
    }
    return format(
        "%s %s after %,.1f s on %s%s",
        summary.pipeline(), status, summary.seconds(), summary.runner(), rates);
  }

  private String documents() {
    Summary.Documents documents = summary.documents();
    List<String> outcomes = new ArrayList<>();
    outcomes.add(format("%,d indexed", documents.indexed()));
    outcomes.add(format("%,d unchanged", documents.unchanged()));
    outcomes.add(format("%,d partial", documents.partial()));
    outcomes.add(format("%,d rejected", documents.rejected()));
    if (documents.stale() > 0) {
      outcomes.add(format("%,d stale", documents.stale()));
    }
    String deleted = documents.deleted() > 0 ? format("; %,d deleted", documents.deleted()) : "";
    Long stored = summary.passages();
    String passages = stored == null ? "" : format("; %,d passages", stored);
    return format(
        "%,d read: %s%s%s", documents.read(), String.join(", ", outcomes), deleted, passages);
  }

  private void reasons(StringBuilder text) {
    List<String> lines = new ArrayList<>();
    for (RejectReason reason : summary.reasons().stream().limit(MAX_REASONS).toList()) {
      lines.add(
          format(
              "%,d %s%s, as %s: %s%s",
              reason.count(),
              String.valueOf(reason.code()),
              reason.table() == null ? "" : " rows of " + reason.table(),
              plain(reason.example()),
              plain(String.valueOf(reason.message())),
              Remedy.after(reason.code())));
    }
    int more = summary.reasons().size() - MAX_REASONS;
    if (more > 0) {
      lines.add(format("%,d further codes, which the dead letters have", more));
    }
    lines(text, "rejected", lines);
  }

  private void leftOut(StringBuilder text) {
    LeftOut leftOut = summary.leftOut();
    if (leftOut == null) {
      return;
    }
    List<String> lines = new ArrayList<>();
    if (leftOut.relationships() > 0) {
      lines.add(
          format(
              "%,d pairs of entities, %s of all, beyond maxRelationshipsPerSentence",
              leftOut.relationships(), shareOf(leftOut.relationships())));
    }
    if (leftOut.metadataKeys() > 0) {
      lines.add(
          format("%,d metadata keys, which their column has no place for", leftOut.metadataKeys()));
    }
    if (leftOut.withoutEntities() > 0) {
      lines.add(
          format(
              "no entity was found in %,d of %,d documents",
              leftOut.withoutEntities(),
              summary.documents().indexed() + summary.documents().unchanged()));
    }
    lines(text, "left out", lines);
  }

  /** The share of all pairs: those that are stored are relationships. */
  private String shareOf(long pairs) {
    long stored =
        summary.rows().entrySet().stream()
            .filter(table -> table.getKey().endsWith(RELATIONSHIPS))
            .mapToLong(table -> table.getValue().committed())
            .sum();
    long percent = Math.round(100.0 * pairs / (pairs + stored));
    return percent == 0 ? "less than 1 %" : format("about %,d %%", percent);
  }

  /** A terminal would obey control characters. */
  private static String plain(String text) {
    return ErrorText.cut(ErrorText.printable(text), MAX_TEXT);
  }

  private void rows(StringBuilder text) {
    int widest = summary.rows().keySet().stream().mapToInt(String::length).max().orElse(0);
    List<String> lines = new ArrayList<>();
    for (Map.Entry<String, Summary.Rows> table : summary.rows().entrySet()) {
      String name = table.getKey() + " ".repeat(widest - table.getKey().length());
      String rejected =
          table.getValue().rejected() > 0
              ? format(", %,d rejected", table.getValue().rejected())
              : "";
      lines.add(format("%s %,12d committed%s", name, table.getValue().committed(), rejected));
    }
    lines(text, "rows", lines);
  }

  private void foreignRows(StringBuilder text) {
    StringJoiner figures = new StringJoiner(", ").setEmptyValue("");
    add(figures, "kept", summary.foreignRows().kept());
    add(figures, "replaced", summary.foreignRows().replaced());
    add(figures, "of ours held by them", summary.foreignRows().held());
    if (figures.length() > 0) {
      line(text, "foreign rows", figures.toString());
    }
  }

  private void batches(StringBuilder text) {
    BatchFigures batches = summary.batches();
    if (batches.committed() == null) {
      return;
    }
    StringJoiner figures = new StringJoiner(", ");
    figures.add(format("%,d committed", batches.committed()));
    add(figures, "retried", batches.retried());
    add(figures, "taken apart", batches.isolated());
    add(figures, "stored in another way", batches.fallbacks());
    if (batches.sizes().rowsMean() != null) {
      figures.add(format("%,.1f rows on average", batches.sizes().rowsMean()));
    }
    line(text, "batches", figures.toString());
  }

  private void languageModel(StringBuilder text) {
    LanguageModelFigures model = summary.languageModel();
    if (model == null) {
      return;
    }
    StringJoiner figures = new StringJoiner(", ");
    figures.add(
        format(
            "%,d calls, %,d tokens read, %,d written",
            model.calls(), model.promptTokens(), model.completionTokens()));
    if (model.cost() != null) {
      figures.add(format("cost %,.4f", model.cost()));
    }
    add(figures, "invented mentions", model.invented());
    add(figures, "of a wrong form or type", model.unusable());
    add(figures, "relationships without ends", model.unlinked());
    line(text, "model", figures.toString());
  }

  private void embeddingModel(StringBuilder text) {
    EmbeddingFigures model = summary.embeddingModel();
    if (model == null) {
      return;
    }
    StringJoiner figures = new StringJoiner(", ");
    figures.add(
        format(
            "%,d vectors by %,d calls, %,d tokens read",
            model.vectors(), model.calls(), model.tokens()));
    if (model.cost() != null) {
      figures.add(format("cost %,.4f", model.cost()));
    }
    line(text, "embeddings", figures.toString());
  }

  private static void add(StringJoiner figures, String what, @Nullable Long count) {
    if (count != null && count > 0) {
      figures.add(format("%,d %s", count, what));
    }
  }

  private static void lines(StringBuilder text, String label, List<String> values) {
    for (int i = 0; i < values.size(); i++) {
      line(text, i == 0 ? label : "", values.get(i));
    }
  }

  private static void line(StringBuilder text, String label, String value) {
    text.append(format(LABEL, label)).append(value).append('\n');
  }

  private static String format(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments);
  }
}
