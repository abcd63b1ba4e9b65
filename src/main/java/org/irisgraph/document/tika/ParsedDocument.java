package org.irisgraph.document.tika;

import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What was found in a file.
 *
 * @param title null if it has none
 * @param isCut whether the text is longer than was asked for
 * @param metadata texts by our names for them, in their order
 */
public record ParsedDocument(
    String title, String text, boolean isCut, Map<String, String> metadata) {

  public ParsedDocument {
    Objects.requireNonNull(text, "text");
    metadata = new LinkedHashMap<>(metadata);
  }

  void write(DataOutput out) throws IOException {
    out.writeBoolean(title != null);
    if (title != null) {
      Frames.writeText(out, title);
    }
    Frames.writeText(out, text);
    out.writeBoolean(isCut);
    out.writeInt(metadata.size());
    for (Map.Entry<String, String> entry : metadata.entrySet()) {
      Frames.writeText(out, entry.getKey());
      Frames.writeText(out, entry.getValue());
    }
  }

  static ParsedDocument read(DataInputStream in) throws IOException {
    String title = in.readBoolean() ? Frames.readText(in) : null;
    String text = Frames.readText(in);
    boolean isCut = in.readBoolean();
    Map<String, String> metadata = new LinkedHashMap<>();
    for (int left = in.readInt(); left > 0; left--) {
      String key = Frames.readText(in);
      metadata.put(key, Frames.readText(in));
    }
    return new ParsedDocument(title, text, isCut, metadata);
  }
}
