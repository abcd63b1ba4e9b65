package org.irisgraph.extract;

import java.util.Map;
import org.irisgraph.graph.Document;
import org.irisgraph.graph.Origin;

/** Documents that consist of a text. */
public final class Documents {

  private Documents() {}

  public static Document of(String text) {
    return new Document("doc", new Origin("memory", 0, 0), text, Map.of());
  }
}
