package org.irisgraph.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.irisgraph.document.DocumentSink;
import org.irisgraph.document.SourceFile;
import org.irisgraph.document.format.InputFormat;
import org.irisgraph.document.format.SourceReader;
import org.irisgraph.graph.Document;
import org.irisgraph.graph.Failure;
import org.irisgraph.graph.Origin;

/**
 * Any number of documents of a real length: passages of the sample corpus, over and over, each time
 * under a new id. The dictionary is the shipped one and as many of the passages' own long words as
 * give about ten entities to a document.
 */
final class GrowthCorpus {

  /** That of MedQuAD's median document. */
  private static final int PASSAGE_CHARACTERS = 2300;

  private static final double WORDS_OF_A_PASSAGE = 8;
  private static final Path SAMPLE = Path.of("pipelines/sample-corpus");
  private static final Path DISEASES = Path.of("pipelines/dictionaries/diseases.tsv");
  private static final Pattern LONG_WORD = Pattern.compile("\\b[a-z]{10,}\\b");

  private final Path directory;
  private final List<String> passages;

  private GrowthCorpus(Path directory, List<String> passages) {
    this.directory = directory;
    this.passages = passages;
  }

  /** Reads the sample corpus and writes the dictionary into a directory. */
  static GrowthCorpus in(Path directory) throws IOException {
    Files.createDirectories(directory);
    GrowthCorpus corpus = new GrowthCorpus(directory, passages());
    Files.writeString(corpus.dictionary(), Files.readString(DISEASES) + corpus.words());
    return corpus;
  }

  Path dictionary() {
    return directory.resolve("dictionary.tsv");
  }

  /** Writes so many documents into one JSON Lines file. */
  Path write(int documents) throws IOException {
    Path file = directory.resolve("documents-%d.jsonl".formatted(documents));
    ObjectMapper json = new ObjectMapper();
    try (PrintWriter lines = new PrintWriter(Files.newBufferedWriter(file))) {
      for (int i = 0; i < documents; i++) {
        String text = json.writeValueAsString(passages.get(i % passages.size()));
        lines.println("{\"id\":\"growth-%06d\",\"text\":%s}".formatted(i, text));
      }
    }
    return file;
  }

  private static List<String> passages() throws IOException {
    List<String> passages = new ArrayList<>();
    SourceReader reader =
        new SourceReader(
            source -> Files.newInputStream(Path.of(source)), InputFormat.JATS, 10_000_000);
    DocumentSink sink =
        new DocumentSink() {
          @Override
          public void document(Document document) {
            cut(document.text(), passages);
          }

          @Override
          public void unreadable(Origin origin, String documentId, Failure failure) {
            throw new IllegalStateException(origin + ": " + failure.message());
          }
        };
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(SAMPLE, "*.xml")) {
      found.forEach(files::add);
    }
    files.sort(Comparator.naturalOrder());
    for (Path file : files) {
      reader.split(
          new SourceFile(file.toString(), file.getFileName().toString(), 0),
          chunk -> reader.read(chunk, sink),
          sink);
    }
    return passages;
  }

  /** At white space; what is left at the end is too short. */
  private static void cut(String text, List<String> passages) {
    int start = 0;
    while (start + PASSAGE_CHARACTERS < text.length()) {
      int end = text.indexOf(' ', start + PASSAGE_CHARACTERS);
      if (end < 0) {
        return;
      }
      passages.add(text.substring(start, end).strip());
      start = end;
    }
  }

  /** Lines for the dictionary: the words that most passages have. */
  private String words() {
    Map<String, Integer> passagesOfWord = new HashMap<>();
    for (String passage : passages) {
      Set<String> words = new HashSet<>();
      LONG_WORD
          .matcher(passage.toLowerCase(Locale.ROOT))
          .results()
          .map(MatchResult::group)
          .forEach(words::add);
      words.forEach(word -> passagesOfWord.merge(word, 1, Integer::sum));
    }
    List<String> frequent =
        passagesOfWord.keySet().stream()
            .sorted(
                Comparator.<String>comparingInt(word -> -passagesOfWord.get(word))
                    .thenComparing(Comparator.naturalOrder()))
            .toList();
    StringBuilder lines = new StringBuilder();
    double found = 0;
    for (String word : frequent) {
      if (found >= WORDS_OF_A_PASSAGE * passages.size()) {
        break;
      }
      found += passagesOfWord.get(word);
      lines.append(word).append("\tWORD\t\n");
    }
    return lines.toString();
  }
}
