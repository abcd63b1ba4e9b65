package org.irisgraph.embed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.LongStream;

/**
 * Splits text into the word pieces of an uncased BERT model, as the library {@code tokenizers} of
 * Hugging Face does with its {@code BertNormalizer}, {@code BertPreTokenizer} and {@code
 * WordPiece}.
 *
 * <p>That library, which {@link org.irisgraph.onnx.Tokenizer} calls, gives the same ids but reads
 * all of a text where this stops at the limit, is six times as slow, takes {@code [SEP]} in a text
 * for its end, and is not there for Macs with Intel processors.
 */
final class WordPieces {

  /** A longer word is unknown as a whole. */
  private static final int MAX_WORD = 100;

  private final Map<String, Integer> vocabulary;
  private final int unknown;
  private final int first;
  private final int last;

  private WordPieces(Map<String, Integer> vocabulary) {
    this.vocabulary = vocabulary;
    this.unknown = id("[UNK]");
    this.first = id("[CLS]");
    this.last = id("[SEP]");
  }

  /** Reads the vocabulary of a {@code tokenizer.json}. */
  static WordPieces read(InputStream json) throws IOException {
    JsonNode tokens = new ObjectMapper().readTree(json).path("model").path("vocab");
    Map<String, Integer> vocabulary = new HashMap<>();
    tokens
        .fields()
        .forEachRemaining(token -> vocabulary.put(token.getKey(), token.getValue().asInt()));
    return new WordPieces(vocabulary);
  }

  private int id(String token) {
    return Objects.requireNonNull(vocabulary.get(token), token);
  }

  /**
   * The ids of a text's pieces between those that mark its beginning and end.
   *
   * @param limit the most ids, the two marks included; the rest of the text is not read
   */
  long[] ids(String text, int limit) {
    Ids ids = new Ids(limit - 2);
    StringBuilder word = new StringBuilder();
    int index = 0;
    while (index < text.length() && !ids.isFull()) {
      int character = text.codePointAt(index);
      index += Character.charCount(character);
      if (isSpace(character)) {
        addWord(word, ids);
      } else if (isIdeograph(character)) {
        addWord(word, ids);
        addWord(word.appendCodePoint(character), ids);
      } else if (!isIgnored(character)) {
        word.appendCodePoint(character);
      }
    }
    addWord(word, ids);
    return LongStream.concat(
            LongStream.concat(LongStream.of(first), ids.stream()), LongStream.of(last))
        .toArray();
  }

  /** Adds the pieces of a word and empties it. */
  private void addWord(StringBuilder word, Ids ids) {
    StringBuilder part = new StringBuilder();
    String plain = Normalizer.normalize(word, Normalizer.Form.NFD);
    word.setLength(0);
    plain
        .codePoints()
        // One by one, as the published tokenizer does: a string's last capital sigma would become
        // ς.
        .map(Character::toLowerCase)
        .filter(character -> Character.getType(character) != Character.NON_SPACING_MARK)
        .forEach(
            character -> {
              if (isPunctuation(character)) {
                addPieces(part, ids);
                addPieces(part.appendCodePoint(character), ids);
              } else {
                part.appendCodePoint(character);
              }
            });
    addPieces(part, ids);
  }

  /** Adds the longest pieces of the vocabulary from the left, and empties the part. */
  private void addPieces(StringBuilder part, Ids ids) {
    String letters = part.toString();
    part.setLength(0);
    if (ids.isFull()) {
      // A text without white space, as a table or code, is one word.
      return;
    }
    if (letters.codePointCount(0, letters.length()) > MAX_WORD) {
      ids.add(unknown);
      return;
    }
    Ids pieces = new Ids(MAX_WORD);
    int start = 0;
    while (start < letters.length()) {
      int end = letters.length();
      Integer id = null;
      while (end > start && id == null) {
        id = vocabulary.get((start > 0 ? "##" : "") + letters.substring(start, end));
        end = id == null ? letters.offsetByCodePoints(end, -1) : end;
      }
      if (id == null) {
        ids.add(unknown);
        return;
      }
      pieces.add(id);
      start = end;
    }
    pieces.stream().forEach(ids::add);
  }

  private static boolean isSpace(int character) {
    return character == '\t'
        || character == '\n'
        || character == '\r'
        || Character.isSpaceChar(character);
  }

  /** Controls, formats, and what Unicode does not assign. */
  private static boolean isIgnored(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.PRIVATE_USE,
          Character.SURROGATE,
          Character.UNASSIGNED ->
          true;
      default -> character == 0xFFFD;
    };
  }

  /** The blocks that the model's authors take for words of one character. */
  private static boolean isIdeograph(int character) {
    return (character >= 0x4E00 && character <= 0x9FFF)
        || (character >= 0x3400 && character <= 0x4DBF)
        || (character >= 0x20000 && character <= 0x2A6DF)
        || (character >= 0x2A700 && character <= 0x2CEAF)
        || (character >= 0xF900 && character <= 0xFAFF)
        || (character >= 0x2F800 && character <= 0x2FA1F);
  }

  private static boolean isPunctuation(int character) {
    return switch (Character.getType(character)) {
      case Character.CONNECTOR_PUNCTUATION,
          Character.DASH_PUNCTUATION,
          Character.START_PUNCTUATION,
          Character.END_PUNCTUATION,
          Character.INITIAL_QUOTE_PUNCTUATION,
          Character.FINAL_QUOTE_PUNCTUATION,
          Character.OTHER_PUNCTUATION ->
          true;
      // The symbols of ASCII count, such as + and $.
      default -> character > ' ' && character < 127 && !Character.isLetterOrDigit(character);
    };
  }

  /** Collects ids up to a limit. */
  private static final class Ids {
    private final long[] ids;
    private int size;

    Ids(int limit) {
      ids = new long[limit];
    }

    boolean isFull() {
      return size == ids.length;
    }

    void add(long id) {
      if (!isFull()) {
        ids[size++] = id;
      }
    }

    LongStream stream() {
      return LongStream.of(ids).limit(size);
    }
  }
}
