package org.irisgraph.extract.gold;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads the JSON of DocRED and Re-DocRED: an array of documents with {@code sents}, arrays of
 * tokens, and {@code vertexSet}, arrays of the mentions of an entity. The concept of a name is its
 * entity, so names of one entity share it. {@code TIME} becomes {@code DATE}.
 */
final class DocRed {

  private DocRed() {}

  static List<GoldDocument> read(String file, Reader reader) throws IOException {
    List<GoldDocument> documents = new ArrayList<>();
    try {
      for (JsonNode document : new ObjectMapper().readTree(reader)) {
        documents.add(document(file, document, documents.size()));
      }
    } catch (JsonProcessingException e) {
      throw new GoldFormatException(file + " is not JSON: " + e.getOriginalMessage(), e);
    }
    return List.copyOf(documents);
  }

  private static GoldDocument document(String file, JsonNode document, int number) {
    JoinedTokens joined = new JoinedTokens();
    List<int[]> starts = new ArrayList<>();
    List<int[]> ends = new ArrayList<>();
    for (JsonNode sentence : document.path("sents")) {
      int[] startOfToken = new int[sentence.size()];
      int[] endOfToken = new int[sentence.size()];
      for (int token = 0; token < sentence.size(); token++) {
        String text = sentence.get(token).asText();
        startOfToken[token] = text.isBlank() ? joined.end() : joined.add(text);
        endOfToken[token] = joined.end();
      }
      joined.endSentence();
      starts.add(startOfToken);
      ends.add(endOfToken);
    }
    String title = document.path("title").asText();
    List<GoldDocument.Name> names = new ArrayList<>();
    Map<GoldDocument.Name, Set<String>> concepts = new HashMap<>();
    int entity = 0;
    for (JsonNode mentions : document.path("vertexSet")) {
      for (JsonNode mention : mentions) {
        int sentence = mention.path("sent_id").asInt(-1);
        int first = mention.path("pos").path(0).asInt(-1);
        int last = mention.path("pos").path(1).asInt(-1) - 1;
        if (sentence < 0
            || sentence >= starts.size()
            || first < 0
            || last < first
            || last >= starts.get(sentence).length) {
          throw new GoldFormatException(
              "%s document %d (%s): \"%s\" is not at tokens that the document has"
                  .formatted(file, number + 1, title, mention.path("name").asText()));
        }
        GoldDocument.Name name =
            new GoldDocument.Name(
                type(mention.path("type").asText()),
                starts.get(sentence)[first],
                ends.get(sentence)[last]);
        if (concepts.putIfAbsent(name, Set.of(number + "#" + entity)) == null) {
          names.add(name);
        }
      }
      entity++;
    }
    return new GoldDocument(file + "#" + (number + 1), joined.text(), names, concepts, List.of());
  }

  private static String type(String type) {
    return type.equals("TIME") ? "DATE" : GoldTypes.of(type);
  }
}
