package org.irisgraph.graphrag;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.irisgraph.graph.Document;
import org.irisgraph.graph.Origin;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MetadataTest {

  private static final Origin FILE = new Origin("/corpus/a.zip!/news/gout.txt", 0, 0);
  private static final Origin LINE = new Origin("/corpus/all.jsonl", 17, 0);

  private static @Nullable String stored(
      Origin origin, String text, Map<String, @Nullable Object> metadata) {
    return Metadata.fit(Metadata.of(new Document("doc-1", origin, text, metadata)), 2000).json();
  }

  @Test
  void aFileHasItsFirstLineAsTitleAndItsNameAsSource() {
    assertThat(
        stored(FILE, "\n  Gout and rest \nMore.", Map.of()),
        is("{\"title\":\"Gout and rest\",\"source\":\"gout.txt\",\"filename\":\"gout.txt\"}"));
  }

  @Test
  void aRowHasItsIdAsSource() {
    assertThat(
        stored(LINE, "x".repeat(300), Map.of()),
        is("{\"title\":\"" + "x".repeat(200) + "…\",\"source\":\"doc-1\",\"filename\":\"doc-1\"}"));
  }

  @Test
  void whatTheDocumentSaysItselfComesBeforeWhatIsDerived() {
    Map<String, @Nullable Object> metadata = new LinkedHashMap<>();
    metadata.put("year", 2020);
    metadata.put("title", "Its own");
    metadata.put("source", null);

    assertThat(
        stored(LINE, "text", metadata),
        is("{\"title\":\"Its own\",\"source\":\"doc-1\",\"filename\":\"doc-1\",\"year\":2020}"));
  }

  @Test
  void listsAndObjectsBecomeText() {
    Map<String, @Nullable Object> metadata = new LinkedHashMap<>();
    metadata.put("authors", List.of("A. One", "B. Two"));
    metadata.put("ids", Map.of("pmid", 7));
    metadata.put("nested", List.of(List.of(1)));
    metadata.put("flag", true);

    assertThat(
        stored(LINE, "t", metadata),
        is(
            "{\"title\":\"t\",\"source\":\"doc-1\",\"filename\":\"doc-1\",\"authors\":\"A. One; B. Two\","
                + "\"ids\":\"{\\\"pmid\\\":7}\",\"nested\":\"[[1]]\",\"flag\":true}"));
  }

  @Test
  void leavesOutAKeyThatDoesNotFitAndCountsIt() {
    Map<String, @Nullable Object> metadata = new LinkedHashMap<>();
    metadata.put("long", "x".repeat(30));
    metadata.put("short", 1);

    Metadata.Fitted fitted = Metadata.fit(metadata, 20);

    assertThat(fitted.json(), is("{\"short\":1}"));
    assertThat(fitted.keysCut(), is(1));
    assertThat(Metadata.fit(metadata, 5).json(), is(nullValue()));
  }
}
