package org.irisgraph.extract.gold;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads files of tokens as those of CoNLL and Universal NER: a token and its tag on each line, in
 * columns between white space, and a blank line after each sentence. Tags are {@code O}, or the
 * place in a name and its type, as in {@code B-PER}, in the schemes IOB1, IOB2, BILOU or BIOES.
 * Documents start at {@code -DOCSTART-} or {@code # newdoc}. Lines {@code # text = …} give the text
 * of a sentence; without them it is rebuilt from the tokens.
 */
final class TokenColumns {

  /** Sentences of a document if the file does not say where documents start. */
  private static final int SENTENCES = 20;

  private static final Pattern TAG = Pattern.compile("O|[BIELSU]-\\S+");
  private static final Pattern NUMBER = Pattern.compile("\\d+");
  private static final String DOCUMENT = "-DOCSTART-";
  private static final String NEW_DOCUMENT = "# newdoc";
  private static final String TEXT = "# text = ";

  private final String file;
  private final List<GoldDocument> documents = new ArrayList<>();
  private final List<Token> sentence = new ArrayList<>();
  private final List<GoldDocument.Name> names = new ArrayList<>();
  private JoinedTokens joined = new JoinedTokens();
  private @Nullable String written;
  private boolean saysDocuments;
  private int sentences;
  private int line;

  private TokenColumns(String file) {
    this.file = file;
  }

  private record Token(String text, String tag) {}

  /** Whether a line of a file is one of this format. */
  static boolean isLine(String line) {
    return line.startsWith(DOCUMENT) || line.startsWith("# ") || tagColumn(columns(line)) > 0;
  }

  static List<GoldDocument> read(String file, BufferedReader reader) throws IOException {
    return new TokenColumns(file).documents(reader);
  }

  private List<GoldDocument> documents(BufferedReader reader) throws IOException {
    for (String next = reader.readLine(); next != null; next = reader.readLine()) {
      line++;
      if (next.startsWith(DOCUMENT) || next.startsWith(NEW_DOCUMENT)) {
        endDocument();
        saysDocuments = true;
      } else if (next.isBlank()) {
        endSentence();
      } else if (next.startsWith(TEXT)) {
        endSentence();
        written = next.substring(TEXT.length()).strip();
      } else if (!isComment(next)) {
        addToken(columns(next));
      }
    }
    endDocument();
    return List.copyOf(documents);
  }

  /** A line that starts with the token {@code #} has a tag. */
  private static boolean isComment(String line) {
    return line.startsWith("#") && tagColumn(columns(line)) < 1;
  }

  private void addToken(String... columns) {
    int tag = tagColumn(columns);
    if (tag < 1 || columns[0].isEmpty() || columns[tag - 1].isEmpty()) {
      throw new GoldFormatException(
          "%s line %d: expected a token and its tag, such as O or B-PER".formatted(file, line));
    }
    boolean numbered = tag == 2 && columns[0].equals(String.valueOf(sentence.size() + 1));
    sentence.add(new Token(columns[numbered ? 1 : 0], columns[tag]));
  }

  /** The last column, or the third of Universal NER; -1 if none has tags. */
  private static int tagColumn(String... columns) {
    int last = columns.length - 1;
    if (TAG.matcher(columns[last]).matches()) {
      return last;
    }
    boolean third =
        last > 2 && NUMBER.matcher(columns[0]).matches() && TAG.matcher(columns[2]).matches();
    return third ? 2 : -1;
  }

  private static String[] columns(String line) {
    return line.strip().split(line.indexOf('\t') >= 0 ? "\t" : "[ ]+", -1);
  }

  private void endSentence() {
    if (sentence.isEmpty()) {
      return;
    }
    int[] starts = new int[sentence.size()];
    int[] ends = new int[starts.length];
    if (written == null || !align(written, starts, ends)) {
      for (int token = 0; token < starts.length; token++) {
        starts[token] = joined.add(sentence.get(token).text());
        ends[token] = joined.end();
      }
    }
    joined.endSentence();
    addNames(starts, ends);
    sentence.clear();
    written = null;
    sentences++;
    if (!saysDocuments && sentences % SENTENCES == 0) {
      endDocument();
    }
  }

  /** Finds the tokens in the text of the sentence, and adds it if it has them all. */
  private boolean align(String text, int[] starts, int[] ends) {
    int at = 0;
    for (int token = 0; token < starts.length; token++) {
      starts[token] = text.indexOf(sentence.get(token).text(), at);
      if (starts[token] < 0 || !text.substring(at, starts[token]).isBlank()) {
        return false;
      }
      at = starts[token] + sentence.get(token).text().length();
      ends[token] = at;
    }
    int offset = joined.add(text);
    for (int token = 0; token < starts.length; token++) {
      starts[token] += offset;
      ends[token] += offset;
    }
    return true;
  }

  private void addNames(int[] starts, int[] ends) {
    String type = "";
    int first = 0;
    for (int token = 0; token <= starts.length; token++) {
      String tag = token < starts.length ? sentence.get(token).tag() : "O";
      String next = tag.equals("O") ? "" : tag.substring(2);
      char place = tag.charAt(0);
      boolean isNew = place == 'B' || place == 'S' || place == 'U' || !next.equals(type);
      if (isNew && !type.isEmpty()) {
        names.add(new GoldDocument.Name(GoldTypes.of(type), starts[first], ends[token - 1]));
      }
      if (isNew) {
        type = next;
        first = token;
      }
    }
  }

  private void endDocument() {
    endSentence();
    if (joined.end() > 0) {
      documents.add(new GoldDocument(file + "#" + (documents.size() + 1), joined.text(), names));
    }
    joined = new JoinedTokens();
    names.clear();
  }
}
