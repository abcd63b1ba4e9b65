package org.irisgraph.document.tika;

import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.irisgraph.document.tika.Sheets.Sheet;
import org.jspecify.annotations.Nullable;

/**
 * The content of a parsed file.
 *
 * @param title null if it has none
 * @param text empty if it is a workbook
 * @param sheets null unless it is a workbook
 * @param isCut whether the text exceeded the limit and was cut
 * @param metadata values by their names in this project, in order
 */
public record ParsedDocument(
    @Nullable String title,
    String text,
    @Nullable List<Sheet> sheets,
    boolean isCut,
    Map<String, String> metadata) {

  public ParsedDocument {
    Objects.requireNonNull(text, "text");
    metadata = new LinkedHashMap<>(metadata);
  }

  void write(DataOutput out) throws IOException {
    out.writeBoolean(title != null);
    if (title != null) {
      FrameProtocol.writeText(out, title);
    }
    FrameProtocol.writeText(out, text);
    out.writeBoolean(sheets != null);
    if (sheets != null) {
      Sheets.write(out, sheets);
    }
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
    List<Sheet> sheets = in.readBoolean() ? Sheets.read(in) : null;
    boolean isCut = in.readBoolean();
    Map<String, String> metadata = new LinkedHashMap<>();
    for (int left = in.readInt(); left > 0; left--) {
      String key = FrameProtocol.readText(in);
      metadata.put(key, FrameProtocol.readText(in));
    }
    return new ParsedDocument(title, text, sheets, isCut, metadata);
  }
}
