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

/** The reasons column of the ledger: a JSON array. */
final class Reasons {

  private static final ObjectMapper JSON =
      new ObjectMapper().setSerializationInclusion(JsonInclude.Include.NON_NULL);

  private Reasons() {}

  /** One reason; table and row are null if it concerns the document as a whole. */
  record Reason(String stage, String table, String rowId, String code, String message) {}

  static Reason of(Failure failure) {
    return new Reason(
        failure.stage().name().toLowerCase(Locale.ROOT),
        null,
        null,
        failure.code(),
        failure.message());
  }

  /** A refusal of the ledger itself names no table. */
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

  /** Null if there are none. */
  static String toJson(List<Reason> reasons) {
    try {
      return reasons.isEmpty() ? null : JSON.writeValueAsString(reasons);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<Reason> parse(String json) {
    try {
      return json == null || json.isEmpty()
          ? List.of()
          : JSON.readValue(json, new TypeReference<List<Reason>>() {});
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("the ledger's reasons are no JSON: " + json, e);
    }
  }
}
