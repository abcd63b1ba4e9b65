package org.irisgraph.ledger;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts dead letters by their codes. */
public final class RejectReasons {

  private final Map<Code, DeadLetter> examples = new LinkedHashMap<>();
  private final Map<Code, Long> counts = new LinkedHashMap<>();

  private record Code(@Nullable String code, @Nullable String stage, @Nullable String table) {}

  public void add(DeadLetter letter) {
    Code code = new Code(letter.code(), letter.stage(), letter.table());
    examples.putIfAbsent(code, letter);
    counts.merge(code, 1L, Long::sum);
  }

  public boolean isEmpty() {
    return examples.isEmpty();
  }

  /** The codes, most frequent first, each with its first dead letter. */
  public List<RejectReason> mostFirst() {
    return examples.entrySet().stream()
        .map(
            example ->
                new RejectReason(
                    example.getKey().code(),
                    example.getKey().stage(),
                    example.getKey().table(),
                    counts.getOrDefault(example.getKey(), 0L),
                    "%s:%d".formatted(example.getValue().source(), example.getValue().position()),
                    example.getValue().message()))
        .sorted(Comparator.comparingLong(RejectReason::count).reversed())
        .toList();
  }
}
