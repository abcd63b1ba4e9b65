package org.irisgraph.pipeline;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.sameInstance;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.irisgraph.extract.setup.ExtractionSettings;
import org.irisgraph.extract.setup.Extractors;
import org.irisgraph.files.FileSystemLoader;
import org.irisgraph.ledger.LedgerSettings;
import org.irisgraph.plan.ShippedFiles;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocumentExtractionTest {

  @TempDir private Path directory;
  private Path dictionary;
  private ExtractionSettings settings;

  @BeforeEach
  void writeDictionary() throws IOException {
    dictionary = Files.writeString(directory.resolve("d.tsv"), "gout\tDISEASE\n");
    settings =
        ExtractionSettings.builder(List.of("dictionary"))
            .dictionary(dictionary.toString())
            .maxRelationshipsPerSentence(10)
            .build();
  }

  @Test
  void readsTheFilesOfARunOnceAJvm() throws IOException {
    LedgerSettings ledger = ledger();
    Extractors first = DocumentExtraction.load(settings, ShippedFiles.none(), ledger);
    Files.delete(dictionary);

    assertThat(DocumentExtraction.load(settings, ShippedFiles.none(), ledger), sameInstance(first));
  }

  @Test
  void rejectsFilesThatHaveChangedSinceTheRunBegan() throws IOException {
    Files.writeString(dictionary, "mumps\tDISEASE\n");
    LedgerSettings ledger = ledger();
    Files.writeString(dictionary, "flu\tDISEASE\n");

    IOException changed =
        assertThrows(
            IOException.class,
            () -> DocumentExtraction.load(settings, ShippedFiles.none(), ledger));

    assertThat(changed.getMessage(), containsString("have changed since the run began"));
  }

  private LedgerSettings ledger() throws IOException {
    return new LedgerSettings(
        "RAG.DocumentLedger",
        "p",
        "run",
        Extractors.load(settings, new FileSystemLoader()).fingerprint());
  }
}
