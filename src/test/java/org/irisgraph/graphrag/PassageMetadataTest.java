package org.irisgraph.graphrag;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.irisgraph.graph.Passage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PassageMetadataTest {

  private static final List<Passage> PASSAGES =
      List.of(new Passage(0, 9, null), new Passage(10, 12_345, null));

  private static Map<String, @Nullable Object> document() {
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put("title", "On \"gout\"");
    document.put("chunk_index", "theirs");
    document.put("keywords", "x".repeat(300));
    document.put("year", 2025);
    return document;
  }

  private static Metadata.Fitted fit(int maxLength) {
    return PassageMetadata.fit(document(), "d", PASSAGES, maxLength);
  }

  @Test
  void hasThePlaceInTheDocumentAndWhatIsKnownOfThat() throws Exception {
    Metadata.Fitted fitted = fit(2000);

    JsonNode json =
        new ObjectMapper().readTree(PassageMetadata.of("d", 1, PASSAGES.get(1), fitted.json()));

    assertThat(json.size(), is(9));
    assertThat(json.get("parent_doc_id").asText(), is("d"));
    assertThat(json.get("chunk_index").asInt(), is(1));
    assertThat(json.get("start_pos").asInt(), is(10));
    assertThat(json.get("end_pos").asInt(), is(12_345));
    assertThat(json.get("title").asText(), is("On \"gout\""));
    assertThat(json.get("year").asInt(), is(2025));
    assertThat(fitted.keysCut(), is(0));
  }

  @Test
  void leavesOutWhatDoesNotFit() throws Exception {
    for (int length = 0; length < 250; length++) {
      Metadata.Fitted fitted = fit(length);
      if (fitted.json() != null) {
        String json = PassageMetadata.of("d", 1, PASSAGES.get(1), fitted.json());
        assertThat(json.length(), is(lessThanOrEqualTo(length)));
        assertThat(new ObjectMapper().readTree(json).get("end_pos").asInt(), is(12_345));
      }
    }
    assertThat("not even the place", fit(100).json(), is(nullValue()));
    assertThat(fit(125).json(), is("{}"));
    assertThat(fit(125).keysCut(), is(3));
    assertThat(fit(250).keysCut(), is(1));
  }
}
