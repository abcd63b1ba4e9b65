package org.irisgraph.ledger;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.nullValue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The ledger's column of reasons. */
class ReasonsTest {

  private static List<Reasons.Reason> reasons(int count) {
    List<Reasons.Reason> reasons = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      reasons.add(new Reasons.Reason("store", "RAG.Entities", "row-" + i, "104", "x".repeat(100)));
    }
    return reasons;
  }

  @Test
  void areReadAsTheyWereWritten() {
    assertThat(Reasons.toJson(List.of()), is(nullValue()));
    assertThat(Reasons.parse(Reasons.toJson(reasons(3))), is(reasons(3)));
  }

  @Test
  void areCutToWhatAStringOfIrisHoldsAndSayHowManyThereWere() {
    String json = Reasons.toJson(reasons(25_000));

    assertThat(json.length(), is(lessThan(3_641_144)));
    List<Reasons.Reason> kept = Reasons.parse(json);
    int listed = kept.size() - 1;
    assertThat(listed, is(greaterThanOrEqualTo(5000)));
    assertThat(kept.subList(0, listed), is(reasons(listed)));
    assertThat(kept.get(listed).code(), is("MORE"));
    assertThat(
        kept.get(listed).message(),
        is("%d further reasons are not listed".formatted(25_000 - listed)));
  }
}
