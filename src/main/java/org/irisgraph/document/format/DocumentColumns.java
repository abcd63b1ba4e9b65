package org.irisgraph.document.format;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.irisgraph.document.AllowedCharacters;
import org.irisgraph.document.ReadException;
import org.irisgraph.document.ReadFailure;
import org.irisgraph.document.ValidatingSink;

/** The columns of a CSV file or a sheet, and which of them are id, text, title and metadata. */
final class DocumentColumns {

  private static final int MAX_NAMED = 50;

  private final List<String> names;
  private final String advice;
  private final int id;
  private final int text;
  private final int title;

  /**
   * @param header the names of the columns; one that is blank is named by its number
   * @param advice what to do with a row of more or less fields, as the end of a sentence
   * @throws ReadException if a column of the layout is missing, or a name occurs twice
   */
  DocumentColumns(List<String> header, CsvLayout layout, String advice) throws ReadException {
    this.names = names(header);
    this.advice = advice;
    requireAll(layout);
    this.id = names.indexOf(layout.id());
    this.text = names.indexOf(layout.text());
    int found = names.indexOf(layout.title());
    // The text of a document begins with its title, which would be repeated.
    this.title = found == text ? -1 : found;
  }

  int size() {
    return names.size();
  }

  /** Delivers a row as a document, or the reason why it is not one. */
  void deliver(long number, List<String> fields, ValidatingSink checked) {
    if (fields.stream().allMatch(String::isBlank)) {
      // Spreadsheets write such a line for each empty row below the last one.
      return;
    }
    if (fields.size() != names.size()) {
      String problem =
          "%d fields, but the header has %d%s".formatted(fields.size(), names.size(), advice);
      checked.unreadable(number, null, ReadFailure.BAD_RECORD, problem);
      return;
    }
    Map<String, Object> metadata = new LinkedHashMap<>();
    for (int i = 0; i < fields.size(); i++) {
      if (i != id && i != text && i != title && !fields.get(i).isEmpty()) {
        metadata.put(names.get(i), fields.get(i));
      }
    }
    checked.document(
        number, fields.get(id), title < 0 ? null : fields.get(title), fields.get(text), metadata);
  }

  private static List<String> names(List<String> header) throws ReadException {
    Set<String> names = new LinkedHashSet<>();
    for (String field : header) {
      String name = field.isBlank() ? "column " + (names.size() + 1) : field.strip();
      if (AllowedCharacters.firstInvalid(name) >= 0) {
        throw bad(
            "the header has characters that no text may have: " + AllowedCharacters.visible(name));
      }
      if (!names.add(name)) {
        throw bad(
            "the header has the column \"%s\" twice".formatted(AllowedCharacters.visible(name)));
      }
    }
    return new ArrayList<>(names);
  }

  private void requireAll(CsvLayout layout) throws ReadException {
    Map<String, String> missing = new LinkedHashMap<>();
    missing.put("csvIdColumn", layout.id());
    missing.put("csvTextColumn", layout.text());
    if (!layout.title().equals(CsvLayout.DEFAULT.title())) {
      missing.put("csvTitleColumn", layout.title());
    }
    missing.values().removeAll(names);
    if (missing.isEmpty()) {
      return;
    }
    String there =
        AllowedCharacters.visible(
            String.join(", ", names.subList(0, Math.min(MAX_NAMED, names.size())))
                + (names.size() > MAX_NAMED ? ", …" : ""));
    String options = String.join(" and ", missing.keySet());
    List<String> columns = missing.values().stream().map("\"%s\""::formatted).toList();
    throw bad(
        names.size() == 1
            ? "the header has the column \"%s\" alone, and none %s; set %s, or csvDelimiter if the columns have another delimiter"
                .formatted(there, String.join(" and ", columns), options)
            : "the first line, \"%s\", has no column %s: if it is a header, set %s to %s; else add a header, or leave this file out"
                .formatted(
                    there,
                    String.join(" and no column ", columns),
                    options,
                    missing.size() == 1 ? "one of its names" : "names of it"));
  }

  private static ReadException bad(String problem) {
    return new ReadException(ReadFailure.BAD_HEADER, problem);
  }
}
