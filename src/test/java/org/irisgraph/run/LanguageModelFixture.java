package org.irisgraph.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.irisgraph.extract.llm.ModelServer;
import org.irisgraph.options.IndexingOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A corpus, and a stand-in for a language model: a server on a real socket. */
abstract class LanguageModelFixture {

  static final String KEY = "sk-0123456789abcdef0123456789abcdef";
  static final int DOCUMENTS = 30;

  @TempDir Path directory;
  Path corpus;
  ModelServer server;

  @BeforeEach
  void start() throws IOException {
    corpus = Files.createDirectory(directory.resolve("corpus"));
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < DOCUMENTS; i++) {
      lines.append("{\"id\":\"doc-%d\",\"text\":\"%s\"}\n".formatted(i, text(i)));
    }
    Files.writeString(corpus.resolve("lines.jsonl"), lines);
    Files.writeString(corpus.resolve("dictionary.tsv"), "aspirin\tDRUG\ngout\tDISEASE\n");
    Files.writeString(directory.resolve("key"), KEY + "\n");
    server = new ModelServer();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  static String text(int i) {
    return "Patient %d took aspirin against fever. %sThen came metformin for gout."
        .formatted(i, "The dose was raised again on the next day. ".repeat(i % 6));
  }

  void asks(IndexingOptions options) {
    options.setExtractors(List.of("llm"));
    options.setDictionary(null);
    options.setLlmUrl(server.url());
    options.setLlmModel("test-model");
    options.setLlmApiKeyFrom("file:" + directory.resolve("key"));
    options.setLlmTokensPerCall(2048);
    options.setDeadLetters(directory.resolve("dead-letters").toString());
  }
}
