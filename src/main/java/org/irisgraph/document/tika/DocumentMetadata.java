package org.irisgraph.document.tika;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.tika.metadata.Message;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.metadata.PagedText;
import org.apache.tika.metadata.TikaCoreProperties;
import org.jspecify.annotations.Nullable;

/** Selects from Tika's metadata what people search by, under the names that other readers use. */
final class DocumentMetadata {

  /** NULs and unpaired surrogates: broken fonts yield them, and no database column takes them. */
  private static final Pattern INVALID = Pattern.compile("[\\x00\\p{Cs}]");

  /** In characters; longer authors or titles come from hostile files only. */
  private static final int MAX_VALUE = 10_000;

  private static final Pattern WHITE_SPACE = Pattern.compile("(?U)\\s+");

  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

  private DocumentMetadata() {}

  static ParsedDocument describe(DocumentType type, TextHandler text, Metadata found) {
    Map<String, String> metadata = new LinkedHashMap<>();
    put(metadata, "author", String.join(", ", found.getValues(TikaCoreProperties.CREATOR)));
    put(metadata, "to", String.join(", ", found.getValues(Message.MESSAGE_TO)));
    put(metadata, "created", found.get(TikaCoreProperties.CREATED));
    put(metadata, "modified", found.get(TikaCoreProperties.MODIFIED));
    put(metadata, "lang", found.get(TikaCoreProperties.LANGUAGE));
    String pages = found.get(PagedText.N_PAGES);
    if (pages != null && NUMBER.matcher(pages).matches()) {
      metadata.put("pages", pages);
    }
    put(metadata, "content_type", type.mediaType());
    String title = found.get(TikaCoreProperties.TITLE);
    return new ParsedDocument(
        title == null ? null : line(title),
        valid(text.text()),
        text.sheets(),
        text.isCut(),
        metadata);
  }

  private static void put(Map<String, String> metadata, String key, @Nullable String value) {
    String written = value == null ? "" : line(value);
    if (!written.isEmpty()) {
      metadata.put(key, written);
    }
  }

  private static String line(String text) {
    String kept = text.substring(0, Math.min(text.length(), MAX_VALUE));
    return WHITE_SPACE.matcher(valid(kept)).replaceAll(" ").strip();
  }

  static String valid(String text) {
    return INVALID.matcher(text).replaceAll("\ufffd");
  }
}
