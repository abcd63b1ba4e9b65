package org.irisgraph.iris.wire;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The texts of one connection that the driver sends before their rows. Observed: a value that is
 * bound as a stream to a column of streams is a message {@code SM} of its own, with an integer item
 * (0), the number of characters in four bytes, and the characters in the server's charset. The
 * answer is a handle, which the row then has in place of the text.
 */
final class CharacterStreams {
  private static final String HANDLE = "%Stream@";

  private final Map<String, String> texts = new HashMap<>();
  private int stored;

  /** Keeps the text of a message, and gives its handle. */
  String store(ListReader items) {
    items.next();
    int characters = items.nextRawInteger();
    String text = items.rest();
    if (text.length() != characters) {
      throw new MalformedMessageException(
          "a stream of %d characters, not %d".formatted(text.length(), characters));
    }
    stored++;
    texts.put(HANDLE + stored, text);
    return HANDLE + stored;
  }

  /** The same call with texts in place of their handles. */
  Call resolve(Call call) {
    if (texts.isEmpty()) {
      return call;
    }
    List<List<Object>> rows = new ArrayList<>();
    for (List<Object> row : call.rows()) {
      List<Object> resolved = new ArrayList<>(row);
      resolved.replaceAll(value -> value instanceof String text ? resolve(text) : value);
      rows.add(resolved);
    }
    return new Call(call.sql(), rows, call.maxRows(), call.fastInsert());
  }

  private String resolve(String value) {
    if (!value.startsWith(HANDLE)) {
      return value;
    }
    String text = texts.get(value);
    if (text == null) {
      throw new MalformedMessageException("there is no stream " + value);
    }
    return text;
  }

  /** Forgets the texts of a transaction that has ended. */
  void clear() {
    texts.clear();
  }
}
