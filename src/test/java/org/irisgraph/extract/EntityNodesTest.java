package org.irisgraph.extract;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.irisgraph.graph.Mention;
import org.irisgraph.graph.Node;
import org.irisgraph.graph.NodeNames;
import org.irisgraph.graph.NodeRule;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class EntityNodesTest {

  private static final Set<NodeRule> ALL = EnumSet.allOf(NodeRule.class);

  private static final String DEFINED =
      "Chronic pain (CP) is frequent. CP hurts. Many CPs, cp, and acute pain.";

  @Test
  void aShortFormBelongsToTheNodeOfItsLongForm() {
    assertThat(
        keys(ALL, null, DEFINED, "Chronic pain", "CP", "CP", "CPs", "cp", "acute pain"),
        contains(
            "D:chronic pain",
            "D:chronic pain",
            "D:chronic pain",
            "D:chronic pain",
            "D:chronic pain",
            "D:acute pain"));
  }

  @Test
  void aShortFormIsANameWithoutTheRule() {
    assertThat(
        keys(Set.of(), null, DEFINED, "Chronic pain", "CP"), contains("D:chronic pain", "D:cp"));
  }

  @Test
  void aShortFormHasTheConceptOfItsLongForm() throws IOException {
    assertThat(
        keys(
            ALL,
            "mitral stenosis\tD\tC1\nms\tD\tC2",
            "Mitral stenosis (MS)",
            "Mitral stenosis",
            "MS"),
        contains("C1", "C1"));
  }

  @Test
  void theFirstDefinitionOfAShortFormCounts() {
    assertThat(
        keys(
            ALL,
            null,
            "Chronic pain (CP) in cerebral palsy (CP)",
            "Chronic pain",
            "CP",
            "cerebral palsy",
            "CP"),
        contains("D:chronic pain", "D:chronic pain", "D:cerebral palsy", "D:chronic pain"));
  }

  @Test
  void aPartOfTheLongFormIsNotTheLongForm() {
    assertThat(
        keys(ALL, null, "acute renal failure (ARF)", "renal failure", "ARF"),
        contains("D:renal failure", "D:arf"));
  }

  @Test
  void anEntityOfAnotherTypeIsNotTheShortForm() {
    String text = "chronic pain (CP)";
    List<Mention> mentions =
        List.of(
            new Mention("chronic pain", "D", 0, 12, 1, "x"),
            new Mention("CP", "OTHER", 14, 16, 1, "x"));

    assertThat(keys(nodes(ALL, null), text, mentions), contains("D:chronic pain", "OTHER:cp"));
  }

  @Test
  @Tag("slow")
  @Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void takesLinearTimeForManyDefinitions() {
    int definitions = 200_000;
    StringBuilder text = new StringBuilder();
    List<Mention> mentions = new ArrayList<>();
    for (int i = 0; i < definitions; i++) {
      int start = text.length();
      text.append("pain of kind ").append(i).append(" (PK").append(i).append("). ");
      int end = text.indexOf(" (", start);
      mentions.add(new Mention(text.substring(start, end), "D", start, end, 1, "x"));
      int close = text.indexOf(")", end);
      mentions.add(new Mention(text.substring(end + 2, close), "D", end + 2, close, 1, "x"));
    }

    List<String> keys = keys(nodes(ALL, null), text.toString(), mentions);

    for (int i = 0; i < definitions; i++) {
      assertThat(keys.get(2 * i + 1), is("D:pain of kind " + i));
    }
  }

  @Test
  void findsTheTermOfANameInAnotherForm() {
    String dictionary = "Seizure\tD\tC1\ntumours\tD\tC2\nplain\tD\nMS\tD\tC3\nfits\tX\tC4";

    assertThat(
        keys(
            ALL,
            dictionary,
            "seizures tumor plains MSs fits",
            "seizures",
            "tumor",
            "plains",
            "MSs",
            "fits"),
        contains("C1", "C2", "D:plain", "D:ms", "D:fit"));
  }

  private static List<String> keys(
      Set<NodeRule> rules, @Nullable String dictionary, String text, String... names) {
    List<Mention> mentions = new ArrayList<>();
    int end = 0;
    for (String name : names) {
      int start = text.indexOf(name, end);
      end = start + name.length();
      mentions.add(new Mention(name, "D", start, end, 1, "x"));
    }
    return keys(nodes(rules, dictionary), text, mentions);
  }

  private static List<String> keys(EntityNodes nodes, String text, List<Mention> mentions) {
    return nodes.of(text, mentions).stream().map(Node::key).toList();
  }

  private static EntityNodes nodes(Set<NodeRule> rules, @Nullable String dictionary) {
    try {
      return new EntityNodes(
          new NodeNames(rules),
          dictionary == null ? null : Dictionary.parse("test.tsv", new StringReader(dictionary)));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
