package org.irisgraph.graphrag;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.irisgraph.graph.Failure;
import org.irisgraph.iris.RejectedRow;
import org.jspecify.annotations.Nullable;

/** Reads and writes the ledger's column of reasons, a JSON array. */
final class Reasons {

  private static final ObjectMapper JSON =
      new ObjectMapper().setSerializationInclusion(JsonInclude.Include.NON_NULL);

  private Reasons() {}

  /** One reason; table and row are null if it concerns the whole document. */
  record Reason(
      String stage, @Nullable String table, @Nullable String rowId, String code, String message) {}

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

  /** Writes reasons; null if there are none. */
  static @Nullable String toJson(List<Reason> reasons) {
    try {
      return reasons.isEmpty() ? null : JSON.writeValueAsString(reasons);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
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
