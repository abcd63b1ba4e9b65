package org.irisgraph.extract.evaluate;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.is;

import java.util.List;
import java.util.Map;
import org.irisgraph.extract.EntityExtractor;
import org.irisgraph.extract.gold.GoldDocument;
import org.irisgraph.extract.gold.GoldDocument.Name;
import org.irisgraph.graph.Document;
import org.irisgraph.graph.Mention;
import org.junit.jupiter.api.Test;

class EvaluationTest {

  private static final String TEXT = "gout by thiazide and fever";

  @Test
  void countsExactSpansOfTheRightType() {
    Evaluation evaluation =
        Evaluation.of(
            finding(
                mention("DISEASE", 0, 4),
                // One character too many, and one of the wrong type.
                mention("DRUG", 8, 17),
                mention("DRUG", 21, 26)),
            List.of(
                gold(
                    new Name("DISEASE", 0, 4),
                    new Name("DRUG", 8, 16),
                    new Name("DISEASE", 21, 26))));

    assertThat(
        evaluation.perType(),
        is(Map.of("DISEASE", new Score(1, 1, 2), "DRUG", new Score(0, 2, 1))));
    assertThat(evaluation.micro(), is(new Score(1, 3, 3)));
  }

  @Test
  void countsANameThatIsAnnotatedTwiceOnce() {
    Evaluation evaluation =
        Evaluation.of(
            finding(mention("DISEASE", 0, 4)),
            List.of(gold(new Name("DISEASE", 0, 4), new Name("DISEASE", 0, 4))));

    assertThat(evaluation.micro(), is(new Score(1, 1, 1)));
  }

  @Test
  void ignoresTypesThatAreNotAnnotated() {
    Evaluation evaluation =
        Evaluation.of(finding(mention("GENE", 0, 4)), List.of(gold(new Name("DISEASE", 0, 4))));

    assertThat(evaluation.perType(), is(Map.of("DISEASE", new Score(0, 0, 1))));
  }

  /** P = 6/8, R = 6/12, F1 = 2 · 0.75 · 0.5 / 1.25 = 0.6. */
  @Test
  void calculatesPrecisionRecallAndTheirMean() {
    Score score = new Score(6, 8, 12);

    assertThat(score.precision(), closeTo(0.75, 1e-12));
    assertThat(score.recall(), closeTo(0.5, 1e-12));
    assertThat(score.f1(), closeTo(0.6, 1e-12));
    assertThat(new Score(0, 0, 0).f1(), is(0.0));
  }

  private static GoldDocument gold(Name... names) {
    return new GoldDocument("1", TEXT, List.of(names));
  }

  private static Mention mention(String type, int start, int end) {
    return new Mention(TEXT.substring(start, end), type, start, end, 1, "fake");
  }

  private static EntityExtractor finding(Mention... mentions) {
    return new EntityExtractor() {
      @Override
      public String name() {
        return "fake";
      }

      @Override
      public List<Mention> extract(Document document) {
        return List.of(mentions);
      }
    };
  }
}
