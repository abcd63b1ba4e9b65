package org.irisgraph.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.irisgraph.base.PlainText;
import org.irisgraph.graph.Failure;
import org.irisgraph.iris.spec.RejectedRow;
import org.jspecify.annotations.Nullable;

/** Reads and writes the ledger's column of reasons, a JSON array. */
final class Reasons {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final int MAX_CHARACTERS = 3_000_000;

  private Reasons() {}

  /**
   * One reason.
   *
   * @param table null if it concerns the whole document, as {@code rowId}
   * @param documentId the document's id if the ledger's column cannot hold it, or of a stale
   *     document the one that its unreadable place has named; else null
   * @param source the source if the ledger's column cannot hold it, else null
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Reason(
      String stage,
      @Nullable String table,
      @Nullable String rowId,
      String code,
      String message,
      @Nullable String documentId,
      @Nullable String source) {

    Reason(
        String stage, @Nullable String table, @Nullable String rowId, String code, String message) {
      this(stage, table, rowId, code, message, null, null);
    }

    Reason saying(String otherMessage) {
      return new Reason(stage, table, rowId, code, otherMessage, documentId, source);
    }

    Reason with(@Nullable String idOfDocument, @Nullable String sourceOfDocument) {
      return new Reason(stage, table, rowId, code, message, idOfDocument, sourceOfDocument);
    }
  }

  static Reason of(Failure failure) {
    return new Reason(
        failure.stage().name().toLowerCase(Locale.ROOT),
        null,
        null,
        failure.code(),
        failure.message());
  }

  /** A refusal of the ledger has no table. */
  static Reason of(RejectedRow row) {
    boolean wholeDocument = row.table().isEmpty();
    return new Reason(
        row.reason() == RejectedRow.Reason.VALIDATION ? "validate" : "store",
        wholeDocument ? null : row.table(),
        wholeDocument ? null : row.rowId(),
        row.code(),
        row.message());
  }

  static List<Reason> of(List<RejectedRow> rows) {
    List<Reason> reasons = new ArrayList<>();
    rows.forEach(row -> reasons.add(of(row)));
    return reasons;
  }

  /**
   * Writes reasons in ASCII, which every database can hold; null if there are none. A document with
   * a great many bad rows has the first of them, since IRIS stores no longer text without a stream.
   */
  static @Nullable String toJson(List<Reason> reasons) {
    if (reasons.isEmpty()) {
      return null;
    }
    String json = PlainText.json(reasons);
    int kept = reasons.size();
    while (json.length() > MAX_CHARACTERS && kept > 1) {
      kept /= 2;
      List<Reason> first = new ArrayList<>(reasons.subList(0, kept));
      first.add(
          new Reason(
              reasons.get(kept).stage(),
              null,
              null,
              "MORE",
              "%d further reasons are not listed".formatted(reasons.size() - kept)));
      json = PlainText.json(first);
    }
    return json;
  }

  /** The source of a ledger row: that of its column, or the one that the column cannot hold. */
  static String source(String column, @Nullable String reasons) {
    return PlainText.isChanged(column)
        ? parse(reasons).stream()
            .map(Reason::source)
            .filter(Objects::nonNull)
            .findFirst()
            .orElse(column)
        : column;
  }

  /** The document's id of a ledger row: that of its column, or the one that it cannot hold. */
  static @Nullable String documentId(@Nullable String column, @Nullable String reasons) {
    return column != null && PlainText.isChanged(column)
        ? parse(reasons).stream()
            .map(Reason::documentId)
            .filter(Objects::nonNull)
            .findFirst()
            .orElse(column)
        : column;
  }

  static List<Reason> parse(@Nullable String json) {
    try {
      return json == null || json.isEmpty()
          ? List.of()
          : JSON.readValue(json, new TypeReference<List<Reason>>() {});
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("invalid JSON in the ledger's reasons: " + json, e);
    }
  }
}
