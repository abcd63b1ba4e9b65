package org.irisgraph.document.tika;

import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The content of a parsed file.
 *
 * @param title null if it has none
 * @param isCut whether the text exceeded the limit and was cut
 * @param metadata values by their names in this project, in order
 */
public record ParsedDocument(
    @Nullable String title, String text, boolean isCut, Map<String, String> metadata) {

  public ParsedDocument {
    Objects.requireNonNull(text, "text");
    metadata = new LinkedHashMap<>(metadata);
  }

  /** The sheets, if it is a workbook. */
  public Optional<List<Sheets.Sheet>> sheets() {
    return metadata.containsKey(Sheets.KEY) ? Optional.of(Sheets.parse(text)) : Optional.empty();
  }

  void write(DataOutput out) throws IOException {
    out.writeBoolean(title != null);
    if (title != null) {
      FrameProtocol.writeText(out, title);
    }
    FrameProtocol.writeText(out, text);
    out.writeBoolean(isCut);
    out.writeInt(metadata.size());
    for (Map.Entry<String, String> entry : metadata.entrySet()) {
      FrameProtocol.writeText(out, entry.getKey());
      FrameProtocol.writeText(out, entry.getValue());
    }
  }

  static ParsedDocument read(DataInputStream in) throws IOException {
    String title = in.readBoolean() ? FrameProtocol.readText(in) : null;
    String text = FrameProtocol.readText(in);
    boolean isCut = in.readBoolean();
    Map<String, String> metadata = new LinkedHashMap<>();
    for (int left = in.readInt(); left > 0; left--) {
      String key = FrameProtocol.readText(in);
      metadata.put(key, FrameProtocol.readText(in));
    }
    return new ParsedDocument(title, text, isCut, metadata);
  }
}
