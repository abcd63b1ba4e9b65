package org.irisgraph.graph;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import org.junit.jupiter.api.Test;

class NodeKeysTest {

  @Test
  void usesTheConceptAsTheDictionaryHasIt() {
    assertThat(
        NodeKeys.ofConcept("MESH:D006973"), equalTo(new Node("MESH:D006973", "MESH:D006973")));
    assertThat(NodeKeys.ofConcept("c1"), not(equalTo(NodeKeys.ofConcept("C1"))));
  }

  @Test
  void usesTypeAndNormalisedNameWithoutAConcept() {
    assertThat(
        NodeKeys.ofName("DISEASE", "hypertension"),
        equalTo(new Node("DISEASE:hypertension", null)));
  }

  @Test
  void keepsAKeyOfTheMaximumLength() {
    String name = "é".repeat(119);

    assertThat(NodeKeys.ofName("D", name).key(), is("D:" + name));
  }

  @Test
  void cutsALongerKeyBetweenCharactersAndKeepsItDistinct() {
    // 2 bytes for the type, 55 characters of 4 bytes: the next one would pass 223 bytes.
    String start = "D:" + "𝄞".repeat(55);
    String one = NodeKeys.ofName("D", "𝄞".repeat(70) + " one").key();
    String other = NodeKeys.ofName("D", "𝄞".repeat(70) + " other").key();

    assertThat(one, startsWith(start + "#"));
    assertThat(one.substring(start.length()), matchesPattern("#[0-9a-f]{16}"));
    assertThat(one.getBytes(UTF_8).length, is(222 + 17));
    assertThat(other, startsWith(start + "#"));
    assertThat(other, not(equalTo(one)));
  }

  @Test
  void aBeginningEndsBetweenCharacters() {
    assertThat(NodeKeys.beginning("aé𝄞b", 8), is("aé𝄞b"));
    assertThat(NodeKeys.beginning("aé𝄞b", 6), is("aé"));
    assertThat(NodeKeys.beginning("𝄞", 3), is(""));
  }

  @Test
  void showsControlCharactersAsReplacementCharacters() {
    assertThat(NodeKeys.ofName("D", "a\u0001b\u0085").key(), is("D:a\uFFFDb\uFFFD"));
    assertThat(NodeKeys.ofConcept("\u0001"), equalTo(new Node("\uFFFD", "\u0001")));
  }
}
